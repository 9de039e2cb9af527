package io.reconciler.program.command;

import io.reconciler.cli.Console;
import io.reconciler.cli.ExitCode;
import io.reconciler.cli.Progress;
import io.reconciler.cli.Verifier;
import io.reconciler.engine.run.NoActiveClientException;
import io.reconciler.engine.run.RunRequest;
import io.reconciler.engine.run.Trigger;
import io.reconciler.engine.verify.VerifyOutcome;
import io.reconciler.program.boot.Databases;
import io.reconciler.program.boot.Engine;
import io.reconciler.program.boot.Mappings;
import io.reconciler.program.boot.Verbosity;
import io.reconciler.program.report.VerifyReport;
import io.reconciler.settings.Need;
import io.reconciler.settings.Settings;
import io.reconciler.side.mapping.MappingSet;
import io.reconciler.side.postgres.Migrations;
import io.reconciler.text.Plain;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What {@code verify} does, by the settings of an environment; it does not even migrate. */
final class VerifyProgram implements Verifier {

  private static final int CONNECTIONS = 4;

  private final UnaryOperator<@Nullable String> environment;
  private final Clock clock;

  /** The comparison in this environment. */
  VerifyProgram(UnaryOperator<@Nullable String> environment, Clock clock) {
    this.environment = environment;
    this.clock = clock;
  }

  @Override
  public int verify(boolean json, List<String> tables, Console console) {
    Verbosity.apply(console);
    Settings settings = Settings.read(environment, Set.of(Need.DATABASE, Need.AIRTABLE));
    settings.warnings().forEach(console::complain);
    MappingSet mappings = Mappings.read(settings);
    Mappings.ensureNamed(tables, mappings);
    return Databases.on(
        settings,
        CONNECTIONS,
        console,
        database -> {
          if (!new Migrations(database, mappings, settings.storage().users()).upToDate()) {
            console.complain(
                "the database is not set up for this version yet: run reconciler sync first");
            return ExitCode.USAGE;
          }
          try (Engine engine = Engine.start(settings, mappings, database, clock, Map.of())) {
            return verify(engine, json, tables, console);
          }
        });
  }

  private static int verify(Engine engine, boolean json, List<String> tables, Console console) {
    RunRequest request =
        new RunRequest(
                Trigger.CLI,
                System.getProperty("user.name", "unknown"),
                RunRequest.LONGEST,
                null,
                true,
                true,
                false)
            .withTables(tables);
    List<VerifyOutcome> outcomes;
    try (Progress progress = new Progress(console)) {
      outcomes = engine.verify(request, progress);
    } catch (NoActiveClientException e) {
      console.complain(Plain.cell(e.getMessage()));
      return ExitCode.USAGE;
    }
    return new VerifyReport(outcomes).print(json, console);
  }
}
