package io.reconciler.program.command;

import com.zaxxer.hikari.HikariDataSource;
import io.reconciler.cli.Console;
import io.reconciler.cli.Entries;
import io.reconciler.cli.ExitCode;
import io.reconciler.cli.Ledger;
import io.reconciler.cli.Ledgers;
import io.reconciler.engine.repair.BadFilterException;
import io.reconciler.engine.repair.ConflictLedger;
import io.reconciler.engine.repair.DeadLetterLedger;
import io.reconciler.engine.repair.LedgerFilter;
import io.reconciler.engine.repair.LedgerKind;
import io.reconciler.engine.repair.LedgerReader;
import io.reconciler.engine.repair.Retention;
import io.reconciler.engine.repair.RetryAll;
import io.reconciler.engine.repair.SettleRequest;
import io.reconciler.engine.repair.SettleResult;
import io.reconciler.engine.repair.UnknownEntryException;
import io.reconciler.engine.run.Trigger;
import io.reconciler.program.boot.Databases;
import io.reconciler.program.boot.Engine;
import io.reconciler.program.boot.Mappings;
import io.reconciler.program.boot.Setup;
import io.reconciler.program.boot.Verbosity;
import io.reconciler.program.report.LedgerText;
import io.reconciler.program.report.LedgerViews;
import io.reconciler.program.report.SettleResults;
import io.reconciler.settings.Need;
import io.reconciler.settings.Settings;
import io.reconciler.side.mapping.MappingSet;
import io.reconciler.text.Plain;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToIntBiFunction;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the commands on the ledgers do, by the settings of an environment. */
final class LedgerProgram implements Ledgers {

  private static final int CONNECTIONS = 4;
  private static final String REQUESTER = System.getProperty("user.name", "unknown");

  private final UnaryOperator<@Nullable String> environment;
  private final Clock clock;

  /** The ledgers in this environment. */
  LedgerProgram(UnaryOperator<@Nullable String> environment, Clock clock) {
    this.environment = environment;
    this.clock = clock;
  }

  @Override
  public int list(
      Ledger ledger, boolean all, Map<String, String> filters, boolean json, Console console) {
    LedgerKind kind = LedgerKind.valueOf(ledger.name());
    return on(
        console,
        filters,
        (database, mappings) -> {
          LedgerReader reader = reader(database, mappings);
          LedgerFilter filter = reader.oneRun(LedgerFilter.of(all, filters, kind, mappings, clock));
          return new LedgerViews(reader, mappings, console)
              .list(kind, filter, !filters.isEmpty(), json);
        });
  }

  @Override
  public int show(Ledger ledger, String id, boolean json, Console console) {
    LedgerKind kind = LedgerKind.valueOf(ledger.name());
    return on(
        console,
        Map.of(),
        (database, mappings) ->
            new LedgerViews(reader(database, mappings), mappings, console).show(kind, id, json));
  }

  @Override
  public int applyConflicts(Entries entries, @Nullable String value, Console console) {
    return settle(
        console,
        entries,
        LedgerKind.CONFLICTS,
        (database, ids) ->
            repair(
                database,
                engine ->
                    new OneByOne(console)
                        .settle(ids, id -> engine.applyConflict(request(id, value)))));
  }

  @Override
  public int dismissConflicts(Entries entries, Console console) {
    return settle(
        console,
        entries,
        LedgerKind.CONFLICTS,
        (database, ids) -> {
          ConflictLedger ledger = new ConflictLedger(JdbcClient.create(database));
          return entries.id() == null
              ? ledger.dismiss(ids, REQUESTER)
              : List.of(ledger.dismiss(request(ids.get(0), null)));
        });
  }

  @Override
  public int retryDeadLetters(Entries entries, Console console) {
    return settle(
        console,
        entries,
        LedgerKind.DEAD_LETTERS,
        (database, ids) ->
            repair(
                database,
                engine ->
                    entries.id() == null
                        ? engine.retryAll(new RetryAll(REQUESTER, Trigger.CLI, ids))
                        : List.of(engine.retry(request(ids.get(0), null)))));
  }

  @Override
  public int discardDeadLetters(Entries entries, Console console) {
    return settle(
        console,
        entries,
        LedgerKind.DEAD_LETTERS,
        (database, ids) -> {
          DeadLetterLedger ledger = new DeadLetterLedger(JdbcClient.create(database), mappings());
          return entries.id() == null
              ? ledger.discard(ids, REQUESTER)
              : List.of(ledger.discard(request(ids.get(0), null)));
        });
  }

  @Override
  public int forget(String recordId, Console console) {
    Settings settings = Settings.read(environment, Set.of(Need.DATABASE));
    MappingSet mappings = Mappings.read(settings);
    return on(
        settings,
        mappings,
        console,
        database -> {
          int days = settings.storage().retentionDays();
          Retention.Forgotten gone =
              new Retention(JdbcClient.create(database), mappings, days).forget(recordId);
          console.line(LedgerText.forgotten(recordId, gone));
          if (gone.hasLead()) {
            console.complain("its lead is still in leads: the next run that meets it agrees anew");
          }
          return ExitCode.DONE;
        });
  }

  private int settle(
      Console console,
      Entries entries,
      LedgerKind kind,
      BiFunction<HikariDataSource, List<UUID>, List<SettleResult>> work) {
    return on(
        console,
        entries.filters(),
        (database, mappings) -> {
          List<UUID> ids = ids(database, mappings, entries, kind);
          List<SettleResult> results = ids.isEmpty() ? List.of() : work.apply(database, ids);
          return entries.id() == null
              ? new SettleResults(results).printAll(kind, ids.size(), entries.filters(), console)
              : new SettleResults(results).print(console);
        });
  }

  private List<UUID> ids(
      HikariDataSource database, MappingSet mappings, Entries entries, LedgerKind kind) {
    LedgerReader reader = reader(database, mappings);
    if (entries.id() != null) {
      return List.of(reader.resolve(kind, entries.id()));
    }
    LedgerFilter filter = LedgerFilter.of(false, entries.filters(), kind, mappings, clock);
    return reader.ids(kind, reader.oneRun(filter));
  }

  // The filters are looked at first: a wrong one is told whatever the database does.
  private int on(
      Console console,
      Map<String, String> filters,
      ToIntBiFunction<HikariDataSource, MappingSet> work) {
    Settings settings = Settings.read(environment, Set.of(Need.DATABASE));
    MappingSet mappings = Mappings.read(settings);
    try {
      LedgerFilter.of(false, filters, LedgerKind.CONFLICTS, mappings, clock);
    } catch (BadFilterException e) {
      console.complain("--" + Plain.cell(e.getMessage()));
      return ExitCode.USAGE;
    }
    return on(settings, mappings, console, database -> work.applyAsInt(database, mappings));
  }

  private static int on(
      Settings settings,
      MappingSet mappings,
      Console console,
      ToIntFunction<HikariDataSource> work) {
    Verbosity.apply(console);
    try {
      return Databases.migrated(settings, mappings, CONNECTIONS, console, work);
    } catch (UnknownEntryException e) {
      console.complain(Plain.cell(e.getMessage()));
      e.candidates().forEach(line -> console.complain("  " + Plain.line(line)));
      return ExitCode.USAGE;
    }
  }

  private List<SettleResult> repair(
      HikariDataSource database, Function<Engine, List<SettleResult>> work) {
    Settings settings = Settings.read(environment, Set.of(Need.DATABASE, Need.AIRTABLE));
    MappingSet mappings = Mappings.read(settings);
    new Setup(settings, mappings, database, line -> {}).prepare();
    try (Engine engine = Engine.start(settings, mappings, database, clock, Map.of())) {
      return work.apply(engine);
    }
  }

  private MappingSet mappings() {
    return Mappings.read(Settings.read(environment, Set.of(Need.DATABASE)));
  }

  private static LedgerReader reader(HikariDataSource database, MappingSet mappings) {
    return new LedgerReader(JdbcClient.create(database), mappings);
  }

  private static SettleRequest request(UUID id, @Nullable String value) {
    return new SettleRequest(id, REQUESTER, Trigger.CLI, value);
  }
}
