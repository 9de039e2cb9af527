package io.reconciler.program.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.reconciler.cli.Console;
import io.reconciler.cli.ExitCode;
import io.reconciler.cli.Tables;
import io.reconciler.engine.repair.MappedTables;
import io.reconciler.program.boot.Databases;
import io.reconciler.program.boot.Mappings;
import io.reconciler.program.boot.Verbosity;
import io.reconciler.settings.Need;
import io.reconciler.settings.Settings;
import io.reconciler.side.mapping.MappingSet;
import io.reconciler.side.postgres.rules.LeadsTable;
import io.reconciler.side.postgres.rules.SchemaProblem;
import io.reconciler.text.Counted;
import io.reconciler.text.Plain;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What {@code tables} does, by the settings of an environment. */
final class TablesProgram implements Tables {

  private final UnaryOperator<@Nullable String> environment;

  /** The tables of this environment. */
  TablesProgram(UnaryOperator<@Nullable String> environment) {
    this.environment = environment;
  }

  @Override
  public int tables(boolean json, Console console) {
    Verbosity.apply(console);
    Settings settings = Settings.read(environment, Set.of(Need.DATABASE));
    MappingSet mappings = Mappings.read(settings);
    return Databases.migrated(
        settings,
        mappings,
        2,
        console,
        database -> {
          List<SchemaProblem> missing =
              new LeadsTable(database, mappings, settings.storage().users())
                  .problems().stream().filter(SchemaProblem::fatal).toList();
          if (!missing.isEmpty()) {
            missing.forEach(problem -> console.complain(Plain.line(problem.text())));
            return ExitCode.USAGE;
          }
          print(new MappedTables(JdbcClient.create(database), mappings).list(), json, console);
          return ExitCode.DONE;
        });
  }

  private static void print(List<JsonNode> tables, boolean json, Console console) {
    if (json) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      tables.forEach(array::add);
      console.out().println(array);
    } else {
      tables.forEach(table -> console.line(line(table)));
    }
  }

  private static String line(JsonNode table) {
    String pulled = table.path("lastPulled").asText("");
    return "%s  %s -> %s  %s  fields: %d of Airtable, %d of the portal  %s"
        .formatted(
            table.path("name").asText(),
            Plain.cell(table.path("airtableTable").asText()),
            table.path("postgresTable").asText(),
            Counted.of(table.path("rows").asLong(), "row"),
            table.path("fields").path("airtable").asLong(),
            table.path("fields").path("portal").asLong(),
            pulled.isEmpty() ? "never pulled" : "pulled until " + second(pulled));
  }

  private static String second(String time) {
    return Instant.parse(time).truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
