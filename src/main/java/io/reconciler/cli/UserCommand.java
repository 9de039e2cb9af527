package io.reconciler.cli;

import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** `user`: sets up the table `users`. */
@Command(
    name = "user",
    description = "Add, list or change those who may sign in.",
    footer = {"Example:", "  reconciler user add --email ann@acme.example --role SUPER_ADMIN"})
final class UserCommand {

  private static final Set<String> ROLES = Set.of("SUPER_ADMIN", "CLIENT_ADMIN", "CLIENT_USER");

  private static final String NONE = "none";

  private final Supplier<Users> users;
  private final Supplier<Console> console;

  @Spec private CommandSpec spec = CommandSpec.create();

  UserCommand(Supplier<Users> users, Supplier<Console> console) {
    this.users = users;
    this.console = console;
  }

  @Command(
      name = "add",
      description = "Add an active user; the password is asked for without echo.",
      footer = {"Example:", "  reconciler user add --email ann@acme.example --role SUPER_ADMIN"})
  int add(
      @Option(
              names = "--email",
              paramLabel = "E",
              required = true,
              description = "The e-mail address to sign in with. Required.")
          String email,
      @Option(
              names = "--role",
              paramLabel = "R",
              required = true,
              description = "SUPER_ADMIN, CLIENT_ADMIN or CLIENT_USER. Required.")
          String role,
      @Option(
              names = "--client",
              paramLabel = "BASE_ID",
              description = "The base of the client whose leads the user sees. Default: none.")
          @Nullable String client,
      @Option(
              names = "--password-stdin",
              description = "Read the password from stdin instead of asking. Default: off.")
          boolean passwordStdin) {
    NewUser user = new NewUser(email, role, client, passwordStdin);
    check(user);
    return users.get().add(user, console.get());
  }

  @Command(
      name = "list",
      description = "List all users, active or not.",
      footer = {"Example:", "  reconciler user list --json"})
  int list(
      @Option(names = "--json", description = "Print them as a JSON array. Default: as text.")
          boolean json) {
    return users.get().list(json, console.get());
  }

  @Command(
      name = "password",
      description = {
        "Give a user another password; it is asked for without echo.",
        "Tokens and sessions that the user has end."
      },
      footer = {"Example:", "  reconciler user password ann@acme.example"})
  int password(
      @Parameters(paramLabel = "EMAIL", description = "The user's e-mail address.") String email,
      @Option(
              names = "--password-stdin",
              description = "Read the password from stdin instead of asking. Default: off.")
          boolean passwordStdin) {
    Usage.checkEmail(Usage.subcommand(spec, "password"), email);
    return users.get().password(email, passwordStdin, console.get());
  }

  @Command(
      name = "role",
      description = "Give a user another role; tokens and sessions that the user has end.",
      footer = {"Example:", "  reconciler user role ann@acme.example CLIENT_ADMIN"})
  int role(
      @Parameters(index = "0", paramLabel = "EMAIL", description = "The user's e-mail address.")
          String email,
      @Parameters(
              index = "1",
              arity = "0..1",
              paramLabel = "ROLE",
              description = "SUPER_ADMIN, CLIENT_ADMIN or CLIENT_USER.")
          @Nullable String role,
      @Option(names = "--role", paramLabel = "R", description = "The role, by an option.")
          @Nullable String option) {
    CommandSpec command = Usage.subcommand(spec, "role");
    Usage.checkEmail(command, email);
    String given = either(command, "ROLE", role, option);
    checkRole(command, "ROLE", given);
    return users.get().role(email, given, console.get());
  }

  @Command(
      name = "client",
      description = "Give a user another client; tokens and sessions that the user has end.",
      footer = {"Example:", "  reconciler user client bob@acme.example appAbCdEfGhIjKlMn"})
  int client(
      @Parameters(index = "0", paramLabel = "EMAIL", description = "The user's e-mail address.")
          String email,
      @Parameters(
              index = "1",
              arity = "0..1",
              paramLabel = "BASE_ID",
              description = "The base of the client whose leads the user sees, or none.")
          @Nullable String base,
      @Option(names = "--client", paramLabel = "BASE_ID", description = "The base, by an option.")
          @Nullable String option) {
    CommandSpec command = Usage.subcommand(spec, "client");
    Usage.checkEmail(command, email);
    String given = either(command, "BASE_ID", base, option);
    if (given.equals(NONE)) {
      return users.get().client(email, null, console.get());
    }
    Usage.checkBaseId(command, "BASE_ID", given);
    return users.get().client(email, given, console.get());
  }

  @Command(
      name = "activate",
      description = "Let a user in again, who has to sign in anew.",
      footer = {"Example:", "  reconciler user activate ann@acme.example"})
  int activate(
      @Parameters(paramLabel = "EMAIL", description = "The user's e-mail address.") String email) {
    Usage.checkEmail(Usage.subcommand(spec, "activate"), email);
    return users.get().activate(email, true, console.get());
  }

  @Command(
      name = "deactivate",
      description = "Keep a user out from now on; tokens and sessions that the user has end.",
      footer = {"Example:", "  reconciler user deactivate ann@acme.example"})
  int deactivate(
      @Parameters(paramLabel = "EMAIL", description = "The user's e-mail address.") String email) {
    Usage.checkEmail(Usage.subcommand(spec, "deactivate"), email);
    return users.get().activate(email, false, console.get());
  }

  @Command(
      name = "remove",
      description = "Remove a user; tokens and sessions that the user has end.",
      footer = {"Example:", "  reconciler user remove ann@acme.example"})
  int remove(
      @Parameters(paramLabel = "EMAIL", description = "The user's e-mail address.") String email) {
    Usage.checkEmail(Usage.subcommand(spec, "remove"), email);
    return users.get().remove(email, console.get());
  }

  private void check(NewUser user) {
    CommandSpec command = Usage.subcommand(spec, "add");
    Usage.checkEmail(command, user.email());
    checkRole(command, "--role", user.role());
    if (user.client() != null) {
      Usage.checkBaseId(command, "--client", user.client());
    }
  }

  private static void checkRole(CommandSpec command, String name, String role) {
    if (!ROLES.contains(role)) {
      throw Usage.error(
          command,
          name + " must be SUPER_ADMIN, CLIENT_ADMIN or CLIENT_USER (given: " + role + ")");
    }
  }

  private static String either(
      CommandSpec command, String name, @Nullable String first, @Nullable String second) {
    if ((first == null) == (second == null)) {
      throw Usage.error(command, first == null ? name + " is missing" : name + " is given twice");
    }
    return first == null ? Objects.requireNonNull(second) : first;
  }
}
