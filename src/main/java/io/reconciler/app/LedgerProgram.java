package io.reconciler.app;

import com.zaxxer.hikari.HikariDataSource;
import io.reconciler.cli.Console;
import io.reconciler.cli.ExitCode;
import io.reconciler.cli.Ledger;
import io.reconciler.cli.Ledgers;
import io.reconciler.conflict.ConflictLedger;
import io.reconciler.deadletter.DeadLetterLedger;
import io.reconciler.deadletter.RetryAll;
import io.reconciler.ledger.LedgerKind;
import io.reconciler.ledger.LedgerReader;
import io.reconciler.ledger.Retention;
import io.reconciler.ledger.SettleRequest;
import io.reconciler.ledger.SettleResult;
import io.reconciler.ledger.UnknownEntryException;
import io.reconciler.mapping.Mapping;
import io.reconciler.run.Trigger;
import io.reconciler.settings.Need;
import io.reconciler.settings.Settings;
import io.reconciler.text.Plain;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the commands on the ledgers do, by the settings of an environment. */
public final class LedgerProgram implements Ledgers {

  private static final int CONNECTIONS = 4;
  private static final String REQUESTER = System.getProperty("user.name", "unknown");

  private final UnaryOperator<@Nullable String> environment;
  private final Clock clock;

  /** The ledgers in this environment. */
  public LedgerProgram(UnaryOperator<@Nullable String> environment, Clock clock) {
    this.environment = environment;
    this.clock = clock;
  }

  @Override
  public int list(Ledger ledger, boolean all, boolean json, Console console) {
    return view(console, views -> views.list(LedgerKind.valueOf(ledger.name()), all, json));
  }

  @Override
  public int show(Ledger ledger, String id, boolean json, Console console) {
    return view(console, views -> views.show(LedgerKind.valueOf(ledger.name()), id, json));
  }

  @Override
  public int applyConflict(String id, @Nullable String value, Console console) {
    return settle(
        console,
        database -> {
          SettleRequest request = request(database, LedgerKind.CONFLICTS, id, value);
          return repair(database, engine -> List.of(engine.applyConflict(request)));
        });
  }

  @Override
  public int dismissConflict(String id, Console console) {
    return settle(
        console,
        database -> {
          SettleRequest request = request(database, LedgerKind.CONFLICTS, id, null);
          return List.of(new ConflictLedger(JdbcClient.create(database)).dismiss(request));
        });
  }

  @Override
  public int retryDeadLetter(@Nullable String id, Console console) {
    return settle(
        console,
        database -> {
          if (id == null) {
            RetryAll all = new RetryAll(REQUESTER, Trigger.CLI);
            return repair(database, engine -> engine.retryAll(all));
          }
          SettleRequest request = request(database, LedgerKind.DEAD_LETTERS, id, null);
          return repair(database, engine -> List.of(engine.retry(request)));
        });
  }

  @Override
  public int discardDeadLetter(String id, Console console) {
    return settle(
        console,
        database -> {
          SettleRequest request = request(database, LedgerKind.DEAD_LETTERS, id, null);
          return List.of(new DeadLetterLedger(JdbcClient.create(database)).discard(request));
        });
  }

  @Override
  public int forget(String recordId, Console console) {
    Settings settings = Settings.read(environment, Set.of(Need.DATABASE));
    return on(
        settings,
        console,
        database -> {
          int days = settings.storage().retentionDays();
          Retention.Forgotten gone =
              new Retention(JdbcClient.create(database), days).forget(recordId);
          console.out().println(LedgerText.forgotten(recordId, gone));
          if (gone.hasLead()) {
            console
                .err()
                .println("its lead is still in leads: the next run that meets it agrees anew");
          }
          return ExitCode.DONE;
        });
  }

  private int view(Console console, ToIntFunction<LedgerViews> work) {
    Settings settings = Settings.read(environment, Set.of(Need.DATABASE));
    return on(
        settings,
        console,
        database ->
            work.applyAsInt(
                new LedgerViews(new LedgerReader(JdbcClient.create(database)), console)));
  }

  private int settle(Console console, Function<HikariDataSource, List<SettleResult>> work) {
    Settings settings = Settings.read(environment, Set.of(Need.DATABASE));
    return on(
        settings, console, database -> new SettleResults(work.apply(database)).print(console));
  }

  private int on(Settings settings, Console console, ToIntFunction<HikariDataSource> work) {
    Verbosity.apply(console);
    try {
      return Databases.migrated(settings, Mappings.read(settings), CONNECTIONS, console, work);
    } catch (UnknownEntryException e) {
      console.err().println(Plain.cell(e.getMessage()));
      return ExitCode.USAGE;
    }
  }

  private List<SettleResult> repair(
      HikariDataSource database, Function<Engine, List<SettleResult>> work) {
    Settings settings = Settings.read(environment, Set.of(Need.DATABASE, Need.AIRTABLE));
    Mapping mapping = Mappings.read(settings);
    new Setup(settings, mapping, database, line -> {}).prepare();
    try (Engine engine = Engine.start(settings, mapping, database, clock, Map.of())) {
      return work.apply(engine);
    }
  }

  private static SettleRequest request(
      HikariDataSource database, LedgerKind kind, String id, @Nullable String value) {
    UUID full = new LedgerReader(JdbcClient.create(database)).resolve(kind, id);
    return new SettleRequest(full, REQUESTER, Trigger.CLI, value);
  }
}
