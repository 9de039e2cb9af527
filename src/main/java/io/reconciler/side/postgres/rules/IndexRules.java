package io.reconciler.side.postgres.rules;

import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.PostgresTable;
import io.reconciler.side.postgres.rules.TableShape.Index;
import java.util.ArrayList;
import java.util.List;

/** Says which indexes are missing: those that upserts need, and those for speed. */
final class IndexRules {

  private static final String RECORD = "airtable_record_id";
  private static final String BASE = "airtable_base_id";
  private static final String CLIENT = "client_id";
  private static final String UPDATED = "updated_at";

  private static final String NO_ARBITER =
      "leads has no unique constraint or index on airtable_record_id alone that upserts can use"
          + " (valid, not partial, not deferrable)";

  private IndexRules() {}

  static List<SchemaProblem> leads(TableShape leads) {
    List<SchemaProblem> problems = new ArrayList<>();
    if (leads.indexes().stream().noneMatch(index -> isArbiter(index, RECORD))) {
      problems.add(noArbiter(leads));
    }
    if (leads.indexes().stream().noneMatch(IndexRules::findsByTime)) {
      problems.add(slow(leads, UPDATED));
    }
    if (leads.indexes().stream().noneMatch(index -> CLIENT.equals(index.firstKey()))) {
      problems.add(slow(leads, CLIENT));
    }
    return problems;
  }

  static List<SchemaProblem> clients(TableShape clients) {
    return clients.indexes().stream().anyMatch(index -> isArbiter(index, BASE))
        ? List.of()
        : List.of(
            SchemaProblem.warning(
                "clients has no unique constraint or index on "
                    + BASE
                    + " alone, which client add relies on",
                "create unique index concurrently on %s (%s)".formatted(clients.place(), BASE)));
  }

  private static boolean isArbiter(Index index, String column) {
    return index.isUnique() && index.keys() == 1 && column.equals(index.firstKey());
  }

  /** Candidates are looked for by client and time, so an index on both will do as well. */
  private static boolean findsByTime(Index index) {
    return UPDATED.equals(index.firstKey())
        || (CLIENT.equals(index.firstKey()) && UPDATED.equals(index.secondKey()));
  }

  /** What is said of a table whose records name no row, for no index keeps a second one away. */
  static String none(PostgresTable table) {
    return table.table().equals(Mapping.LEADS)
        ? NO_ARBITER
        : "%s has no unique index on %s, by which records find their rows"
            .formatted(table.table(), naming(table));
  }

  /** That a table that is not the portal's leads has none. */
  static SchemaProblem mapped(TableShape shape, PostgresTable table) {
    return SchemaProblem.fatal(
        none(table), "create unique index on %s (%s)".formatted(shape.place(), naming(table)));
  }

  private static String naming(PostgresTable table) {
    return table.client() == null ? table.recordId() : table.client() + ", " + table.recordId();
  }

  private static SchemaProblem noArbiter(TableShape leads) {
    return leads.isPartitioned()
        ? SchemaProblem.fatal(
            NO_ARBITER + "; a partitioned table has one only as its partition key", "")
        : SchemaProblem.fatal(
            NO_ARBITER,
            "create unique index concurrently on %s (%s)".formatted(leads.place(), RECORD));
  }

  private static SchemaProblem slow(TableShape leads, String column) {
    // PostgreSQL builds no index concurrently over all partitions.
    String how = leads.isPartitioned() ? "create index on" : "create index concurrently on";
    return SchemaProblem.warning(
        "leads has no index on " + column + ": each run reads the whole table",
        "%s %s (%s)".formatted(how, leads.place(), column));
  }
}
