package io.reconciler.side.postgres.rules;

import io.reconciler.side.postgres.rules.TableShape.Index;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.PostgresTable;
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

  static List<SchemaProblem> leads(TableShape leads, Mapping mapping) {
    List<SchemaProblem> problems = new ArrayList<>();
    if (leads.indexes().stream().noneMatch(index -> isArbiter(index, RECORD))) {
      problems.add(noArbiter(leads, mapping));
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
                "create unique index concurrently on clients (" + BASE + ")"));
  }

  private static boolean isArbiter(Index index, String column) {
    return index.isUnique() && index.keys() == 1 && column.equals(index.firstKey());
  }

  /** Candidates are looked for by client and time, so an index on both will do as well. */
  private static boolean findsByTime(Index index) {
    return UPDATED.equals(index.firstKey())
        || (CLIENT.equals(index.firstKey()) && UPDATED.equals(index.secondKey()));
  }

  /** That no index lets a record find its row, whatever the table is like else. */
  static SchemaProblem none(Mapping mapping) {
    return mapping.postgres().table().equals(Mapping.LEADS)
        ? SchemaProblem.fatal(
            NO_ARBITER, "create unique index concurrently on leads (" + RECORD + ")")
        : none(mapping.postgres());
  }

  /** The same of a table that is not the portal's leads. */
  static SchemaProblem none(PostgresTable table) {
    String of =
        table.client() == null ? table.recordId() : table.client() + ", " + table.recordId();
    return SchemaProblem.fatal(
        "%s has no unique index on %s, by which records find their rows"
            .formatted(table.table(), of),
        "create unique index on %s (%s)".formatted(table.table(), of));
  }

  private static SchemaProblem noArbiter(TableShape leads, Mapping mapping) {
    return leads.isPartitioned()
        ? SchemaProblem.fatal(
            NO_ARBITER + "; a partitioned table has one only as its partition key", "")
        : none(mapping);
  }

  private static SchemaProblem slow(TableShape leads, String column) {
    // PostgreSQL builds no index concurrently over all partitions.
    String how = leads.isPartitioned() ? "create index on" : "create index concurrently on";
    return SchemaProblem.warning(
        "leads has no index on " + column + ": each run reads the whole table",
        how + " leads (" + column + ")");
  }
}
