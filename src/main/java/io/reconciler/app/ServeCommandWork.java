package io.reconciler.app;

import com.zaxxer.hikari.HikariDataSource;
import io.reconciler.cli.Console;
import io.reconciler.cli.ExitCode;
import io.reconciler.mapping.Mapping;
import io.reconciler.settings.Settings;
import io.reconciler.store.Database;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;

/** The work of {@code serve}. */
final class ServeCommandWork {

  private static final int CONNECTIONS = 10;

  private final Settings settings;
  private final Clock clock;

  ServeCommandWork(Settings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** Serves until the process is stopped. */
  int run(Console console) {
    settings.warnings().forEach(console.err()::println);
    Mapping mapping = Mappings.read(settings);
    try (HikariDataSource database =
        Database.open(Objects.requireNonNull(settings.database()), CONNECTIONS)) {
      return Databases.reporting(
          console,
          () -> {
            new Setup(settings, mapping, database).prepare();
            Verbosity.informative(console);
            try (Service service = Service.start(settings, mapping, database, clock, Map.of())) {
              console
                  .err()
                  .println(
                      "serving: schedule %s (UTC); page http://127.0.0.1:%d/"
                          .formatted(settings.schedule(), service.port()));
              service.await();
            }
            return ExitCode.DONE;
          });
    }
  }
}
