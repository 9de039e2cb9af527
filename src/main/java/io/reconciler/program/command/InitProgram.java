package io.reconciler.program.command;

import com.zaxxer.hikari.HikariDataSource;
import io.reconciler.cli.Console;
import io.reconciler.cli.ExitCode;
import io.reconciler.cli.InitOptions;
import io.reconciler.cli.Initializer;
import io.reconciler.program.boot.Databases;
import io.reconciler.program.boot.Engine;
import io.reconciler.program.boot.Mappings;
import io.reconciler.program.boot.Verbosity;
import io.reconciler.program.init.BasePlan;
import io.reconciler.program.init.CatalogReader;
import io.reconciler.program.init.DdlRun;
import io.reconciler.program.init.InitException;
import io.reconciler.program.init.InitFiles;
import io.reconciler.program.init.InitRequest;
import io.reconciler.program.init.Planner;
import io.reconciler.program.init.Selection;
import io.reconciler.program.init.TablePlan;
import io.reconciler.program.report.InitReport;
import io.reconciler.settings.InvalidSettingsException;
import io.reconciler.settings.Need;
import io.reconciler.settings.Settings;
import io.reconciler.side.airtable.AirtableAnswer;
import io.reconciler.side.airtable.AirtableException;
import io.reconciler.side.airtable.AirtableRequests;
import io.reconciler.side.airtable.TableSchema;
import io.reconciler.side.mapping.InvalidMappingException;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.MappingSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What {@code init} does, by the settings of an environment. */
final class InitProgram implements Initializer {

  private static final int CONNECTIONS = 2;

  private final UnaryOperator<@Nullable String> environment;
  private final Clock clock;

  /** The command in this environment; a mapping that is named there may not be written yet. */
  InitProgram(UnaryOperator<@Nullable String> environment, Clock clock) {
    this.environment = name -> name.equals("RECONCILER_MAPPING") ? null : environment.apply(name);
    this.clock = clock;
  }

  @Override
  public int init(InitOptions options, Console console) {
    Verbosity.apply(console);
    Settings settings = Settings.read(environment, Set.of(Need.DATABASE, Need.AIRTABLE));
    String base = base(options, settings);
    Mapping builtIn = Mappings.read(settings).inOrder().get(0);
    return Databases.on(
        settings,
        CONNECTIONS,
        console,
        database -> {
          List<TableSchema> tables = tables(settings, builtIn, database, base);
          return run(options, console, database, base, builtIn, settings, tables);
        });
  }

  private static String base(InitOptions options, Settings settings) {
    String base = options.base() == null ? settings.airtableBaseId() : options.base();
    if (base == null) {
      throw new InvalidSettingsException(
          List.of(
              "which base? give --base, or set AIRTABLE_BASE_ID, for example appAbCdEfGhIjKlMn"));
    }
    return base;
  }

  private List<TableSchema> tables(
      Settings settings, Mapping builtIn, HikariDataSource database, String base) {
    try (Engine engine =
        Engine.start(settings, MappingSet.of(builtIn), database, clock, Map.of())) {
      AirtableAnswer answer = engine.ask(AirtableRequests.schema(base));
      return TableSchema.read(answer.body())
          .orElseThrow(() -> new IllegalStateException("Airtable's answer has no list of tables"));
    } catch (AirtableException.Forbidden e) {
      throw new InvalidSettingsException(
          List.of(
              "the token may not read the tables and fields of %s: on https://airtable.com/create/tokens add the scope schema.bases:read to it, and the base under Access"
                  .formatted(base)));
    }
  }

  private static int run(
      InitOptions options,
      Console console,
      HikariDataSource database,
      String base,
      Mapping builtIn,
      Settings settings,
      List<TableSchema> tables) {
    InitFiles files = new InitFiles(Path.of(options.out()));
    try {
      Selection selection = new Selection(tables);
      List<TableSchema> chosen = selection.tables(options.tables());
      InitRequest request =
          new InitRequest(
              base,
              selection.fields(options.portal(), chosen),
              builtIn,
              files.kept(),
              Set.of("clients", settings.storage().users().name()),
              options.tables().isEmpty() ? Set.of() : ids(chosen));
      BasePlan plan = new Planner(request, CatalogReader.read(database)).plan(chosen);
      InitReport report = new InitReport(base, plan, files, options, console);
      apply(options, plan.tables(), database, report);
      report.print(files.write(plan.tables()));
      return ExitCode.DONE;
    } catch (InitException e) {
      throw new InvalidSettingsException(e.problems());
    } catch (InvalidMappingException e) {
      throw new InvalidSettingsException(List.of(String.valueOf(e.getMessage())));
    } catch (IOException e) {
      throw new UncheckedIOException("the files in " + options.out() + " can't be written", e);
    }
  }

  private static Set<String> ids(List<TableSchema> tables) {
    return tables.stream().map(TableSchema::id).collect(Collectors.toSet());
  }

  private static void apply(
      InitOptions options, List<TablePlan> plans, HikariDataSource database, InitReport report) {
    List<String> ddl = plans.stream().flatMap(plan -> plan.ddl().stream()).toList();
    if (options.apply() && !ddl.isEmpty()) {
      report.show(ddl);
      new DdlRun(database).run(ddl);
    }
  }
}
