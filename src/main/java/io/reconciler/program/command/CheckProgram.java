package io.reconciler.program.command;

import com.zaxxer.hikari.HikariDataSource;
import io.reconciler.cli.Checker;
import io.reconciler.cli.Console;
import io.reconciler.cli.ExitCode;
import io.reconciler.cli.Waiting;
import io.reconciler.engine.check.BudgetCheck;
import io.reconciler.engine.check.CheckLine;
import io.reconciler.engine.check.Preflight;
import io.reconciler.program.boot.Engine;
import io.reconciler.program.boot.Mappings;
import io.reconciler.program.boot.Verbosity;
import io.reconciler.program.report.CheckReport;
import io.reconciler.settings.DatabaseUrl;
import io.reconciler.settings.Need;
import io.reconciler.settings.Settings;
import io.reconciler.side.mapping.MappingSet;
import io.reconciler.side.postgres.Database;
import io.reconciler.side.postgres.Pooler;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.CannotGetJdbcConnectionException;

/** What {@code check} does, by the settings of an environment; it changes neither side. */
final class CheckProgram implements Checker {

  private static final int CONNECTIONS = 2;
  private static final Duration ONCE_MORE = Duration.ofSeconds(1);

  private final UnaryOperator<@Nullable String> environment;
  private final Clock clock;

  /** The preflight in this environment. */
  CheckProgram(UnaryOperator<@Nullable String> environment, Clock clock) {
    this.environment = environment;
    this.clock = clock;
  }

  @Override
  public int check(boolean json, List<String> tables, Console console) {
    Verbosity.apply(console);
    Settings settings =
        Settings.read(environment, Set.of(Need.DATABASE, Need.AIRTABLE), clock.instant());
    MappingSet mappings = Mappings.read(settings);
    Mappings.ensureNamed(tables, mappings);
    DatabaseUrl url = Objects.requireNonNull(settings.database());
    Duration wait = settings.storage().patience();
    try {
      Optional<String> pooler = pooler(url, wait, console);
      if (pooler.isPresent()) {
        new CheckReport(List.of(Preflight.pooled(pooler.get()))).print(json, console);
        return ExitCode.USAGE;
      }
    } catch (CannotGetJdbcConnectionException e) {
      // It was waited for; the report says what is wrong with the database, and looks at Airtable.
      wait = ONCE_MORE;
    }
    try (HikariDataSource database = Database.open(url, CONNECTIONS, wait);
        Engine engine = Engine.start(settings, mappings, database, clock, Map.of())) {
      Preflight preflight = new Preflight(settings, mappings, tables, database, engine::ask, clock);
      List<CheckLine> lines = look(preflight, engine, console);
      return new CheckReport(lines, preflight::hasRun).print(json, console);
    }
  }

  private static Optional<String> pooler(DatabaseUrl url, Duration wait, Console console) {
    try (Waiting shown = new Waiting(console, "waiting for PostgreSQL")) {
      return Pooler.problem(url, wait);
    }
  }

  private static List<CheckLine> look(Preflight preflight, Engine engine, Console console) {
    try (Waiting shown = new Waiting(console, "looking at PostgreSQL and Airtable")) {
      return Stream.concat(preflight.run().stream(), BudgetCheck.lines(engine.spending()).stream())
          .toList();
    }
  }
}
