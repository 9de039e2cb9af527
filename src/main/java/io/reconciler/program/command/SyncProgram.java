package io.reconciler.program.command;

import io.reconciler.cli.Console;
import io.reconciler.cli.ExitCode;
import io.reconciler.cli.Progress;
import io.reconciler.cli.SyncOptions;
import io.reconciler.cli.Synchronizer;
import io.reconciler.decide.ConflictPolicy;
import io.reconciler.engine.run.ClientOutcome;
import io.reconciler.engine.run.NoActiveClientException;
import io.reconciler.engine.run.RunRequest;
import io.reconciler.engine.run.Trigger;
import io.reconciler.program.boot.Databases;
import io.reconciler.program.boot.Engine;
import io.reconciler.program.boot.Mappings;
import io.reconciler.program.boot.Setup;
import io.reconciler.program.boot.Verbosity;
import io.reconciler.program.lifecycle.Termination;
import io.reconciler.program.report.DryRunOutput;
import io.reconciler.program.report.Outcomes;
import io.reconciler.settings.Need;
import io.reconciler.settings.Settings;
import io.reconciler.side.mapping.MappingSet;
import io.reconciler.side.postgres.Database;
import io.reconciler.text.Plain;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What {@code sync} does, by the settings of an environment. */
final class SyncProgram implements Synchronizer {

  /** The lock, the run itself, and those beside it, which need theirs only now and then. */
  private static final int CONNECTIONS = 6;

  /** Those that every run needs, made before it begins. */
  private static final int CONNECTIONS_AT_ONCE = 2;

  private final UnaryOperator<@Nullable String> environment;
  private final Clock clock;

  /** The runs in this environment. */
  SyncProgram(UnaryOperator<@Nullable String> environment, Clock clock) {
    this.environment = environment;
    this.clock = clock;
  }

  @Override
  public int sync(SyncOptions options, Console console) {
    Verbosity.apply(console);
    Settings settings = Settings.read(environment, Set.of(Need.DATABASE, Need.AIRTABLE));
    settings.warnings().forEach(console::complain);
    MappingSet mappings = Mappings.read(settings);
    Mappings.ensureNamed(options.tables(), mappings);
    return Databases.beside(
        settings,
        CONNECTIONS,
        console,
        database -> prepare(settings, mappings, database, console),
        (database, ready) -> {
          try (Engine engine = Engine.start(settings, mappings, database, ready, clock);
              Termination end = engine.termination()) {
            return sync(engine, request(options, settings), options, mappings, console);
          }
        });
  }

  private static void prepare(
      Settings settings, MappingSet mappings, DataSource database, Console console) {
    new Setup(settings, mappings, database, console::complain).prepare();
    Database.connect(database, CONNECTIONS_AT_ONCE);
  }

  private static int sync(
      Engine engine,
      RunRequest request,
      SyncOptions options,
      MappingSet mappings,
      Console console) {
    List<ClientOutcome> outcomes;
    try (Progress progress = new Progress(console);
        DryRunOutput plan = DryRunOutput.of(options, console, progress, mappings)) {
      outcomes = engine.reconcile(request, options.dryRun() ? plan : progress);
    } catch (NoActiveClientException e) {
      console.complain(Plain.cell(e.getMessage()));
      console.complain(
          "add one: reconciler client add --name NAME --email EMAIL --base appXXXXXXXXXXXXXX");
      return ExitCode.USAGE;
    }
    Outcomes all = new Outcomes(outcomes);
    return options.dryRun() ? all.printBusy(console) : all.print(options.json(), console);
  }

  private static RunRequest request(SyncOptions options, Settings settings) {
    return new RunRequest(
            Trigger.CLI,
            System.getProperty("user.name", "unknown"),
            Objects.requireNonNullElse(options.minutes(), settings.lookbackMinutes()),
            options.client(),
            options.full(),
            options.dryRun(),
            options.force())
        .withTables(options.tables())
        .withFirst(options.first() == null ? null : ConflictPolicy.of(options.first()));
  }
}
