package io.reconciler.engine.check;

import io.reconciler.engine.check.ActiveClientCheck.ClientRow;
import io.reconciler.settings.UsersTable;
import io.reconciler.side.mapping.MappingSet;
import io.reconciler.side.postgres.DatabaseReason;
import io.reconciler.side.postgres.FirstStartPlan;
import io.reconciler.side.postgres.MappedRows;
import io.reconciler.side.postgres.Migrations;
import io.reconciler.side.postgres.OneColumn;
import io.reconciler.side.postgres.PortalTables;
import io.reconciler.side.postgres.SqlFile;
import io.reconciler.side.postgres.rules.LeadsTable;
import io.reconciler.side.postgres.rules.SchemaProblem;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Asks the database what the preflight wants to know; changes nothing. */
final class DatabaseCheck {

  static final String DATABASE = "database";
  static final String SCHEMA = "schema";
  private static final String FACTS = SqlFile.read("server-facts");
  private static final String HAS_RUN = SqlFile.read("has-run");
  private static final String ALTERED = SqlFile.read("count-altered");
  private static final String UNMAPPED = SqlFile.read("unmapped-tables");
  private static final String CHANGED_BASES = SqlFile.read("changed-bases");
  private static final String CLIENTS = SqlFile.read("clients-to-check");

  private final JdbcClient jdbc;
  private final Migrations migrations;
  private final LeadsTable leads;
  private final PortalTables tables;
  private final FirstStartPlan start;
  private final Clock clock;
  private final MappingSet mappings;
  private final GoneClients gone;

  DatabaseCheck(DataSource database, MappingSet mappings, UsersTable users, Clock clock) {
    this.jdbc = JdbcClient.create(database);
    this.migrations = new Migrations(database, mappings, users);
    this.leads = new LeadsTable(database, mappings, users);
    this.tables = new PortalTables(database, users);
    this.start = new FirstStartPlan(database, mappings, users);
    this.clock = clock;
    this.mappings = mappings;
    this.gone = new GoneClients(jdbc, mappings);
  }

  /** What is found, and the bases to look at; {@code fallback} is AIRTABLE_BASE_ID if set. */
  Findings run(@Nullable String fallback) {
    List<CheckLine> lines = new ArrayList<>();
    ServerFacts facts;
    try {
      facts = jdbc.sql(FACTS).query(ServerFacts.class).single();
    } catch (RuntimeException e) {
      lines.add(
          CheckLine.failed(DATABASE, DatabaseReason.of(e), "check DATABASE_URL and the server"));
      lines.add(CheckLine.skipped(SCHEMA, "not looked at: no database"));
      lines.add(CheckLine.skipped(ActiveClientCheck.AREA, "not looked at: no database"));
      return new Findings(lines, ActiveClientCheck.bases(List.of(), fallback));
    }
    lines.addAll(facts.lines(clock.instant()));
    lines.addAll(schema());
    return clients(facts, fallback, lines);
  }

  /** Whether any run has succeeded here; where that can't be asked, none has. */
  boolean hasRun() {
    try {
      return migrations.madeBefore() && jdbc.sql(HAS_RUN).query(Boolean.class).single();
    } catch (RuntimeException e) {
      return false;
    }
  }

  private List<CheckLine> schema() {
    try {
      List<CheckLine> lines = new ArrayList<>();
      lines.add(CheckLine.ok(SCHEMA, engine()));
      tables.list().forEach(table -> lines.add(line(table)));
      List<SchemaProblem> problems = leads.problems();
      problems.forEach(problem -> lines.add(line(problem)));
      notLinked(problems).ifPresent(lines::add);
      if (migrations.madeBefore() && migrations.upToDate()) {
        lines.addAll(altered());
        lines.addAll(unmapped());
        if (problems.stream().noneMatch(SchemaProblem::fatal)) {
          lines.addAll(gone.lines());
        }
      }
      if (problems.isEmpty()) {
        lines.add(CheckLine.ok(SCHEMA, "nothing stands in the way in leads and clients"));
      }
      return lines;
    } catch (RuntimeException e) {
      return List.of(CheckLine.failed(SCHEMA, DatabaseReason.of(e), ""));
    }
  }

  private String engine() {
    if (!migrations.madeBefore()) {
      return "the engine was never started here: at the first sync or client add " + start.makes();
    }
    return migrations.upToDate()
        ? "the engine's own tables are up to date"
        : "the engine's own tables are updated by the next sync or client add";
  }

  private CheckLine line(PortalTables.Table table) {
    String text = tables.described(table);
    return table.isElsewhere()
        ? CheckLine.warning(
            SCHEMA,
            text + "; there is one in another schema: " + table.elsewhere(),
            "if that is the portal's, " + FirstStartPlan.namedBy(table))
        : CheckLine.ok(SCHEMA, text);
  }

  /** Leads born in the portal, where nothing keeps the record id from being empty. */
  private Optional<CheckLine> notLinked(List<SchemaProblem> problems) {
    if (problems.stream().anyMatch(SchemaProblem::fatal) || !leads.exists()) {
      return Optional.empty();
    }
    long count =
        jdbc.sql(MappedRows.read("count-all-not-linked", mappings)).query(Long.class).single();
    return count == 0
        ? Optional.empty()
        : Optional.of(
            CheckLine.ok(
                SCHEMA,
                count
                    + (count == 1 ? " lead is" : " leads are")
                    + " not linked: without airtable_record_id they take part in nothing"));
  }

  /** Tables whose mapping was taken away or is not read any more: nothing else names them. */
  private List<CheckLine> unmapped() {
    return jdbc.sql(UNMAPPED)
        .param("names", OneColumn.array(mappings.names()))
        .query((row, number) -> unmapped(row.getString("table"), row.getTimestamp("until")))
        .list();
  }

  private static CheckLine unmapped(String table, Timestamp until) {
    return CheckLine.warning(
        SCHEMA,
        "%s was kept in step until %s and has no mapping now"
            .formatted(table, until.toInstant().truncatedTo(ChronoUnit.SECONDS)),
        "nothing, if that is meant; else put its mapping back where RECONCILER_MAPPING points");
  }

  /** What a trigger or a column's type made of Airtable's values. */
  private List<CheckLine> altered() {
    return jdbc.sql(ALTERED).query(AlteredColumn.class).list().stream()
        .map(AlteredColumn::line)
        .toList();
  }

  /** A column of a mapping, and in how many rows it holds something else than was written. */
  record AlteredColumn(String table, String column, long count) {

    CheckLine line() {
      return CheckLine.warning(
          SCHEMA,
          "%s.%s: in %d %s a trigger or the column's type altered what was written; that counts as agreed"
              .formatted(table, column, count, count == 1 ? "row" : "rows"),
          "nothing, if that is what it is for");
    }
  }

  private static CheckLine line(SchemaProblem problem) {
    Status status = problem.fatal() ? Status.FAILED : Status.WARNING;
    String ddl = problem.ddl().isEmpty() ? "" : problem.ddl() + ";";
    return new CheckLine(SCHEMA, status, problem.text(), ddl);
  }

  private Findings clients(ServerFacts facts, @Nullable String fallback, List<CheckLine> lines) {
    try {
      List<ClientRow> clients =
          facts.hasClients() ? jdbc.sql(CLIENTS).query(ClientRow.class).list() : List.of();
      lines.addAll(ActiveClientCheck.check(clients, fallback));
      lines.addAll(changedBases());
      return new Findings(lines, ActiveClientCheck.bases(clients, fallback));
    } catch (RuntimeException e) {
      lines.add(CheckLine.failed(ActiveClientCheck.AREA, DatabaseReason.of(e), ""));
      return new Findings(lines, ActiveClientCheck.bases(List.of(), fallback));
    }
  }

  private List<CheckLine> changedBases() {
    try {
      return jdbc.sql(CHANGED_BASES).query(ActiveClientCheck.ChangedRow.class).list().stream()
          .map(ActiveClientCheck::changed)
          .toList();
    } catch (BadSqlGrammarException e) {
      // No run of this version was yet, so none has kept a base.
      return List.of();
    }
  }

  /** The lines about the database, and the bases of its clients. */
  record Findings(List<CheckLine> lines, List<String> bases) {}
}
