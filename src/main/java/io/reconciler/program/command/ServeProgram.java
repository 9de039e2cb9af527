package io.reconciler.program.command;

import com.zaxxer.hikari.HikariDataSource;
import io.reconciler.cli.Console;
import io.reconciler.cli.ExitCode;
import io.reconciler.cli.Server;
import io.reconciler.program.boot.Databases;
import io.reconciler.program.boot.LogFormat;
import io.reconciler.program.boot.Mappings;
import io.reconciler.program.boot.Service;
import io.reconciler.program.boot.Setup;
import io.reconciler.program.boot.TokenIssuer;
import io.reconciler.program.boot.TrimmedVariables;
import io.reconciler.program.boot.Verbosity;
import io.reconciler.program.lifecycle.DatabaseWait;
import io.reconciler.service.user.UserTable;
import io.reconciler.settings.DatabaseUrl;
import io.reconciler.settings.Need;
import io.reconciler.settings.Settings;
import io.reconciler.side.mapping.MappingSet;
import io.reconciler.side.postgres.Database;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What {@code serve} does, by the settings of an environment. */
final class ServeProgram implements Server {

  private static final Logger LOG = LoggerFactory.getLogger(ServeProgram.class);
  private static final int CONNECTIONS = 20;

  /** So soon a start says that it waits; a slower connection is there at the next attempt. */
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);

  private static final int FIRST_CONNECTIONS = 2;

  private final UnaryOperator<@Nullable String> environment;
  private final Clock clock;

  /** The service in this environment. */
  ServeProgram(UnaryOperator<@Nullable String> environment, Clock clock) {
    this.environment = environment;
    this.clock = clock;
  }

  @Override
  public int serve(Console given) {
    Verbosity.apply(given);
    Settings settings =
        Settings.read(environment, Set.of(Need.DATABASE, Need.AIRTABLE, Need.WEB), clock.instant());
    Console console = LogFormat.console(given, new LogFormat().getPropertyValue(), LOG::info);
    TokenIssuer.check(TrimmedVariables.environment());
    settings.warnings().forEach(console::complain);
    MappingSet mappings = Mappings.read(settings);
    DatabaseUrl url = Objects.requireNonNull(settings.database());
    try (HikariDataSource database = Database.open(url, CONNECTIONS)) {
      return Databases.reporting(
          console,
          () -> {
            prepare(settings, url, mappings, console);
            Verbosity.informative(console);
            try (Service service = Service.start(settings, mappings, database, clock, Map.of())) {
              service.page().ifPresent(page -> announce(page, settings, database, console));
              service.await();
            }
            return ExitCode.DONE;
          });
    }
  }

  private static void announce(
      String page, Settings settings, DataSource database, Console console) {
    console.complain("serving: schedule %s (UTC); page %s".formatted(settings.schedule(), page));
    FirstUserHint.print(users(settings, database), console.err());
  }

  private static UserTable users(Settings settings, DataSource database) {
    return new UserTable(JdbcClient.create(database), settings.storage().users());
  }

  // A pool's wait is fixed once it is used: this one ends before the service opens its own.
  private void prepare(Settings settings, DatabaseUrl url, MappingSet mappings, Console console) {
    try (HikariDataSource first = Database.open(url, FIRST_CONNECTIONS, FIRST_WAIT)) {
      Setup setup = new Setup(settings, mappings, first, console::complain);
      new DatabaseWait(settings, TrimmedVariables.environment(), clock, console::complain)
          .run(
              () -> {
                Databases.refusePooler(url, FIRST_WAIT);
                setup.prepare();
              });
    }
  }
}
