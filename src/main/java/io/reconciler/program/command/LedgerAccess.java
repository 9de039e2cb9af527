package io.reconciler.program.command;

import com.zaxxer.hikari.HikariDataSource;
import io.reconciler.cli.Console;
import io.reconciler.cli.Entries;
import io.reconciler.cli.ExitCode;
import io.reconciler.engine.repair.BadFilterException;
import io.reconciler.engine.repair.LedgerFilter;
import io.reconciler.engine.repair.LedgerKind;
import io.reconciler.engine.repair.LedgerReader;
import io.reconciler.engine.repair.SettleRequest;
import io.reconciler.engine.repair.SettleResult;
import io.reconciler.engine.repair.UnknownEntryException;
import io.reconciler.engine.run.Trigger;
import io.reconciler.program.boot.Databases;
import io.reconciler.program.boot.Engine;
import io.reconciler.program.boot.Mappings;
import io.reconciler.program.boot.Setup;
import io.reconciler.program.boot.Verbosity;
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
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The ledgers in the database of an environment, as the commands on them find and settle. */
final class LedgerAccess {

  /** Whoever runs the command. */
  static final String REQUESTER = System.getProperty("user.name", "unknown");

  private static final int CONNECTIONS = 4;

  private final UnaryOperator<@Nullable String> environment;
  private final Clock clock;

  LedgerAccess(UnaryOperator<@Nullable String> environment, Clock clock) {
    this.environment = environment;
    this.clock = clock;
  }

  /** The database and what is mapped to it, while a command works on it. */
  record Opened(HikariDataSource database, MappingSet mappings, Settings settings) {

    JdbcClient jdbc() {
      return JdbcClient.create(database);
    }

    LedgerReader reader() {
      return new LedgerReader(jdbc(), mappings);
    }
  }

  /**
   * The exit code of the work. The filters are looked at first: a wrong one is told whatever the
   * database does.
   */
  int open(Console console, Map<String, String> filters, ToIntFunction<Opened> work) {
    Settings settings = Settings.read(environment, Set.of(Need.DATABASE));
    MappingSet mappings = Mappings.read(settings);
    try {
      LedgerFilter.of(false, filters, LedgerKind.CONFLICTS, mappings, clock);
    } catch (BadFilterException e) {
      return bad(e, console);
    }
    Verbosity.apply(console);
    try {
      return Databases.migrated(
          settings,
          mappings,
          CONNECTIONS,
          console,
          database -> work.applyAsInt(new Opened(database, mappings, settings)));
    } catch (BadFilterException e) {
      return bad(e, console);
    } catch (UnknownEntryException e) {
      console.complain(Plain.cell(e.getMessage()));
      e.candidates().forEach(line -> console.complain("  " + Plain.line(line)));
      return ExitCode.USAGE;
    }
  }

  private static int bad(BadFilterException filter, Console console) {
    console.complain("--" + Plain.cell(filter.getMessage()));
    return ExitCode.USAGE;
  }

  /** The filter of a ledger, with the run that it names found. */
  LedgerFilter filter(Opened ledgers, LedgerKind kind, boolean all, Map<String, String> filters) {
    return ledgers.reader().oneRun(LedgerFilter.of(all, filters, kind, ledgers.mappings(), clock));
  }

  /** Settles the entries that a command names, and says what it came to. */
  int settle(
      Console console,
      Entries entries,
      LedgerKind kind,
      BiFunction<Opened, List<UUID>, List<SettleResult>> work) {
    return open(
        console,
        entries.filters(),
        ledgers -> {
          List<UUID> ids = ids(ledgers, entries, kind);
          List<SettleResult> results = ids.isEmpty() ? List.of() : work.apply(ledgers, ids);
          return entries.id() == null
              ? new SettleResults(results).printAll(kind, ids.size(), entries.filters(), console)
              : new SettleResults(results).print(console);
        });
  }

  private List<UUID> ids(Opened ledgers, Entries entries, LedgerKind kind) {
    return entries.id() != null
        ? List.of(ledgers.reader().resolve(kind, entries.id()))
        : ledgers.reader().ids(kind, filter(ledgers, kind, false, entries.filters()));
  }

  /** What the started routes make of them. */
  List<SettleResult> byRoutes(Opened ledgers, Function<Engine, List<SettleResult>> work) {
    Settings settings = Settings.read(environment, Set.of(Need.DATABASE, Need.AIRTABLE));
    MappingSet mappings = Mappings.read(settings);
    new Setup(settings, mappings, ledgers.database(), line -> {}).prepare();
    try (Engine engine = Engine.start(settings, mappings, ledgers.database(), clock, Map.of())) {
      return work.apply(engine);
    }
  }

  /** What somebody at the terminal asks to be done with an entry. */
  static SettleRequest request(UUID id, @Nullable String value) {
    return new SettleRequest(id, REQUESTER, Trigger.CLI, value);
  }
}
