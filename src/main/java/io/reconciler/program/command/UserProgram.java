package io.reconciler.program.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.reconciler.cli.Console;
import io.reconciler.cli.ExitCode;
import io.reconciler.cli.NewUser;
import io.reconciler.cli.Users;
import io.reconciler.program.boot.Databases;
import io.reconciler.program.boot.Mappings;
import io.reconciler.program.boot.Verbosity;
import io.reconciler.service.user.Passwords;
import io.reconciler.service.user.Role;
import io.reconciler.service.user.UserTable;
import io.reconciler.settings.Need;
import io.reconciler.settings.Settings;
import io.reconciler.side.mapping.MappingSet;
import io.reconciler.side.postgres.RefusedWrite;
import io.reconciler.side.postgres.rules.LeadsTable;
import io.reconciler.text.Plain;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the commands on {@code users} do, by the settings of an environment. */
final class UserProgram implements Users {

  private final UnaryOperator<@Nullable String> environment;
  private final PasswordSource passwords;

  UserProgram(UnaryOperator<@Nullable String> environment, PasswordSource passwords) {
    this.environment = environment;
    this.passwords = passwords;
  }

  @Override
  public int add(NewUser user, Console console) {
    Settings settings = Settings.read(environment, Set.of(Need.DATABASE));
    Optional<String> password = passwords.get(user.passwordStdin(), console);
    if (password.isEmpty()) {
      return ExitCode.USAGE;
    }
    return on(
        settings, console, jdbc -> add(user, password.get(), jdbc, table(settings, jdbc), console));
  }

  @Override
  public int password(String email, boolean passwordStdin, Console console) {
    Settings settings = Settings.read(environment, Set.of(Need.DATABASE));
    Optional<String> password = passwords.get(passwordStdin, console);
    if (password.isEmpty()) {
      return ExitCode.USAGE;
    }
    return on(
        settings,
        console,
        jdbc ->
            new UserChanges(jdbc, table(settings, jdbc), console).password(email, password.get()));
  }

  @Override
  public int role(String email, String role, Console console) {
    Role known = Role.of(role).orElseThrow();
    return change(console, changes -> changes.role(email, known));
  }

  @Override
  public int client(String email, @Nullable String base, Console console) {
    return change(console, changes -> changes.client(email, base));
  }

  @Override
  public int activate(String email, boolean active, Console console) {
    return change(console, changes -> changes.activate(email, active));
  }

  @Override
  public int remove(String email, Console console) {
    return change(console, changes -> changes.remove(email));
  }

  private int change(Console console, ToIntFunction<UserChanges> change) {
    Settings settings = Settings.read(environment, Set.of(Need.DATABASE));
    return on(
        settings,
        console,
        jdbc -> change.applyAsInt(new UserChanges(jdbc, table(settings, jdbc), console)));
  }

  @Override
  public int list(boolean json, Console console) {
    Settings settings = Settings.read(environment, Set.of(Need.DATABASE));
    return on(
        settings,
        console,
        jdbc -> {
          print(table(settings, jdbc).list(), json, console);
          return ExitCode.DONE;
        });
  }

  private static int add(
      NewUser user, String password, JdbcClient jdbc, UserTable users, Console console) {
    UUID client = null;
    if (user.client() != null) {
      Optional<UUID> found = UserChanges.client(jdbc, user.client(), console);
      if (found.isEmpty()) {
        return ExitCode.USAGE;
      }
      client = found.get();
    }
    Role role = Role.of(user.role()).orElseThrow();
    String email = user.email().strip();
    if (!users.add(email, new Passwords().hash(password), role, client)) {
      console.complain(
          "there is a user with the e-mail address "
              + email
              + " already: see reconciler help user for how to change one");
      return ExitCode.USAGE;
    }
    console.line("added " + Plain.cell(email) + " (" + role + "), active");
    if (client == null && role != Role.SUPER_ADMIN) {
      console.complain("without --client this user sees no leads");
    }
    return ExitCode.DONE;
  }

  private static void print(List<JsonNode> users, boolean json, Console console) {
    if (json) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      console.out().println(array.addAll(users));
      return;
    }
    users.forEach(
        user ->
            console.line(
                "%s  %-12s  %-8s  %s"
                    .formatted(
                        Plain.cell(user.path("email").asText()),
                        user.path("role").asText(),
                        user.path("active").asBoolean() ? "active" : "inactive",
                        user.hasNonNull("baseId")
                            ? Plain.cell(user.path("baseId").asText())
                            : "no client")));
  }

  private static UserTable table(Settings settings, JdbcClient jdbc) {
    return new UserTable(jdbc, settings.storage().users());
  }

  private static int on(Settings settings, Console console, ToIntFunction<JdbcClient> work) {
    Verbosity.apply(console);
    MappingSet mappings = Mappings.read(settings);
    return Databases.migrated(
        settings,
        mappings,
        2,
        console,
        database -> {
          try {
            return work.applyAsInt(JdbcClient.create(database));
          } catch (DataAccessException e) {
            LeadsTable tables = new LeadsTable(database, mappings, settings.storage().users());
            console.complain(problem(e, tables).orElseThrow(() -> e));
            return ExitCode.FAILED;
          }
        });
  }

  /** What of the table it comes from; empty when it comes from anything else. */
  private static Optional<String> problem(DataAccessException failure, LeadsTable tables) {
    return RefusedWrite.of(failure)
        .filter(refusal -> refusal.isAboutTable() || refusal.isDenied())
        .flatMap(refusal -> tables.signIn().stream().findFirst())
        .map(problem -> problem.text() + "; run `reconciler check`, which says what puts it right");
  }
}
