package io.reconciler.app;

import com.zaxxer.hikari.HikariDataSource;
import io.reconciler.check.Preflight;
import io.reconciler.cli.Console;
import io.reconciler.mapping.Mapping;
import io.reconciler.settings.Settings;
import io.reconciler.store.Database;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;

/** The work of {@code check}. */
final class CheckCommandWork {

  private static final int CONNECTIONS = 2;

  private final Settings settings;
  private final Clock clock;

  /** Needs settings that were read for the database and for Airtable. */
  CheckCommandWork(Settings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** Looks at both sides, changes neither, and prints what it finds; the exit code. */
  int run(boolean json, Console console) {
    Mapping mapping = Mappings.read(settings);
    try (HikariDataSource database =
            Database.open(Objects.requireNonNull(settings.database()), CONNECTIONS);
        Engine engine = Engine.start(settings, mapping, database, clock, Map.of())) {
      Preflight preflight = new Preflight(settings, mapping, database, engine::ask, clock);
      return new CheckReport(preflight::run).run(json, console);
    }
  }
}
