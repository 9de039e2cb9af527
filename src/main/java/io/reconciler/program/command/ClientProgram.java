package io.reconciler.program.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.reconciler.cli.Clients;
import io.reconciler.cli.Console;
import io.reconciler.cli.ExitCode;
import io.reconciler.program.boot.Databases;
import io.reconciler.program.boot.Mappings;
import io.reconciler.program.boot.Verbosity;
import io.reconciler.settings.Need;
import io.reconciler.settings.Settings;
import io.reconciler.side.postgres.OneColumn;
import io.reconciler.side.postgres.SqlFile;
import io.reconciler.text.Plain;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What {@code client} does, by the settings of an environment. */
final class ClientProgram implements Clients {

  private static final String ADD = SqlFile.read("add-client");
  private static final String LIST = SqlFile.read("list-clients");
  private static final String RENAME = SqlFile.read("rename-client");
  private static final String SET_ACTIVE = SqlFile.read("set-client-active");

  private final UnaryOperator<@Nullable String> environment;

  /** The clients of this environment. */
  ClientProgram(UnaryOperator<@Nullable String> environment) {
    this.environment = environment;
  }

  @Override
  public int addClient(String name, String email, @Nullable String given, Console console) {
    Settings settings = settings(console);
    String base = given == null ? settings.airtableBaseId() : given;
    if (base == null) {
      console.complain("no base: give --base appXXXXXXXXXXXXXX, or set AIRTABLE_BASE_ID");
      return ExitCode.USAGE;
    }
    return with(
        settings,
        console,
        jdbc -> {
          int added =
              jdbc.sql(ADD)
                  .param("id", UUID.randomUUID())
                  .param("name", name)
                  .param("email", email)
                  .param("base", base)
                  .update();
          if (added == 0) {
            console.complain(
                "there is a client with the base "
                    + base
                    + " already: see reconciler client list, activate or rename it");
            return ExitCode.USAGE;
          }
          console.line("added " + Plain.cell(name) + " (" + base + "), active");
          return ExitCode.DONE;
        });
  }

  @Override
  public int renameClient(String base, String name, Console console) {
    return with(
        settings(console),
        console,
        jdbc ->
            say(
                jdbc.sql(RENAME).param("name", name).param("base", base).update(),
                base,
                Plain.cell(name) + " now",
                console));
  }

  @Override
  public int listClients(boolean json, Console console) {
    return with(
        settings(console),
        console,
        jdbc -> {
          List<JsonNode> rows =
              jdbc.sql(LIST).query(String.class).list().stream().map(OneColumn::parse).toList();
          if (json) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            rows.forEach(array::add);
            console.out().println(array);
          } else {
            rows.forEach(row -> console.line(line(row)));
          }
          return ExitCode.DONE;
        });
  }

  @Override
  public int activateClient(String base, boolean active, Console console) {
    return with(
        settings(console),
        console,
        jdbc ->
            say(
                jdbc.sql(SET_ACTIVE).param("active", active).param("base", base).update(),
                base,
                active ? "active" : "inactive",
                console));
  }

  /** What a client is after a change, or that none was changed. */
  private static int say(int changed, String base, String now, Console console) {
    if (changed == 0) {
      console.complain("there is no client with the base " + base);
      return ExitCode.USAGE;
    }
    console.line(base + " is " + now);
    return ExitCode.DONE;
  }

  private Settings settings(Console console) {
    Verbosity.apply(console);
    return Settings.read(environment, Set.of(Need.DATABASE));
  }

  private static int with(Settings settings, Console console, ToIntFunction<JdbcClient> work) {
    return Databases.migrated(
        settings,
        Mappings.read(settings),
        2,
        console,
        database -> work.applyAsInt(JdbcClient.create(database)));
  }

  private static String line(JsonNode row) {
    String last =
        row.path("last_run_at").isNull()
            ? "never run"
            : "last run "
                + row.path("last_run_at").asText()
                + ", "
                + row.path("last_run_outcome").asText();
    return "%s  %-8s  %s <%s>  %s"
        .formatted(
            Plain.cell(row.path("airtable_base_id").asText()),
            row.path("is_active").asBoolean() ? "active" : "inactive",
            Plain.cell(row.path("company_name").asText()),
            Plain.cell(row.path("email").asText()),
            last);
  }
}
