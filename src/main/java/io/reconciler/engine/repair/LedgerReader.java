package io.reconciler.engine.repair;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reconciler.side.mapping.MappingSet;
import io.reconciler.side.postgres.MappedRows;
import io.reconciler.side.postgres.OneColumn;
import io.reconciler.side.postgres.SqlFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the ledgers; changes nothing. */
public final class LedgerReader {

  /** The most entries of one page. */
  public static final int LARGEST_PAGE = 500;

  /** The most entries that are named when an id could mean several. */
  private static final int CANDIDATES = 20;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final JdbcClient jdbc;
  private final MappingSet mappings;

  /** The ledgers of this database, about these tables. */
  public LedgerReader(JdbcClient jdbc, MappingSet mappings) {
    this.jdbc = jdbc;
    this.mappings = mappings;
  }

  /**
   * A page of what is meant of a ledger, the newest first.
   *
   * @param after where the page before ended, null for the first one
   * @param limit entries of the page, up to {@link #LARGEST_PAGE}
   */
  public LedgerPage page(
      LedgerKind kind, LedgerFilter filter, LedgerPage.@Nullable Cursor after, int limit) {
    List<Map<String, Object>> rows = query(kind, IdRange.ALL, filter, after, limit);
    List<JsonNode> items = rows.stream().map(row -> item(kind, row)).toList();
    return new LedgerPage(items, next(rows, limit));
  }

  /** The first entries, each with the name of its lead as {@code lead}, where it has one. */
  public List<JsonNode> named(LedgerKind kind, LedgerFilter filter, int limit) {
    return query(kind, IdRange.ALL, filter, null, limit).stream()
        .map(row -> named(kind, row))
        .toList();
  }

  /** The ids of all that is meant, the newest first. */
  public List<UUID> ids(LedgerKind kind, LedgerFilter filter) {
    List<UUID> ids = new ArrayList<>();
    LedgerPage.@Nullable Cursor after = null;
    do {
      List<Map<String, Object>> rows = query(kind, IdRange.ALL, filter, after, LARGEST_PAGE);
      rows.forEach(row -> ids.add(id(row)));
      after = next(rows, LARGEST_PAGE);
    } while (after != null);
    return ids;
  }

  public long countRuns(boolean all) {
    return jdbc.sql(SqlFile.read("count-runs")).param("all", all).query(Long.class).single();
  }

  /** What is meant of conflicts or dead letters, alike by alike, the most frequent first. */
  public List<LedgerGroup> groups(LedgerKind kind, LedgerFilter filter) {
    return filtered("group-" + kind.label(), filter)
        .query(
            (row, number) ->
                new LedgerGroup(
                    row.getString("table_name"),
                    row.getString("stage"),
                    row.getString("name"),
                    row.getString("kind"),
                    row.getLong("count"),
                    row.getString("example")))
        .list();
  }

  /**
   * Makes sure that the filter's run is one run, as far as it is still in the ledger, and that its
   * group and its field are names that a mapping or the ledger knows.
   *
   * @throws UnknownEntryException when the run's id could mean several
   * @throws BadFilterException when nobody knows a name
   */
  public LedgerFilter oneRun(LedgerFilter filter) {
    names(filter);
    if (!filter.runs().equals(IdRange.ALL)) {
      List<Map<String, Object>> rows =
          query(LedgerKind.RUNS, filter.runs(), LedgerFilter.of(true), null, CANDIDATES);
      if (rows.size() > 1) {
        throw several(LedgerKind.RUNS, filter.runs().beginning(), rows);
      }
    }
    return filter;
  }

  /**
   * The one entry whose id is this or begins with it.
   *
   * @param id at least 4 characters of an id
   * @throws UnknownEntryException when there is none, or more than one
   */
  public JsonNode find(LedgerKind kind, String id) {
    return item(kind, row(kind, id));
  }

  /** The same, with the name of its lead as {@code lead}, where it has one. */
  public JsonNode findNamed(LedgerKind kind, String id) {
    return named(kind, row(kind, id));
  }

  /**
   * The one run whose id is this or begins with it.
   *
   * @throws UnknownEntryException when there is none, or more than one
   */
  public RunEntry run(String id) {
    return RunEntry.of(json(row(LedgerKind.RUNS, id)));
  }

  /**
   * The full id of the one entry whose id is this or begins with it.
   *
   * @throws UnknownEntryException when there is none, or more than one
   */
  public UUID resolve(LedgerKind kind, String id) {
    return id(row(kind, id));
  }

  private Map<String, Object> row(LedgerKind kind, String id) {
    IdRange range = IdRange.of(id);
    List<Map<String, Object>> rows =
        range == null ? List.of() : query(kind, range, LedgerFilter.of(true), null, CANDIDATES);
    if (rows.isEmpty()) {
      throw UnknownEntryException.none(kind, id);
    }
    if (rows.size() > 1) {
      throw several(kind, id, rows);
    }
    return rows.get(0);
  }

  private static UnknownEntryException several(
      LedgerKind kind, String id, List<Map<String, Object>> rows) {
    List<String> candidates = new ArrayList<>();
    rows.forEach(row -> candidates.add(id(row) + "  " + row.get("about")));
    if (rows.size() == CANDIDATES) {
      candidates.add("... and perhaps more");
    }
    return UnknownEntryException.several(kind, id, candidates);
  }

  private List<Map<String, Object>> query(
      LedgerKind kind,
      IdRange ids,
      LedgerFilter filter,
      LedgerPage.@Nullable Cursor after,
      int limit) {
    return filtered("list-" + kind.label(), filter)
        .param("low", ids.low())
        .param("high", ids.high())
        .param("beforeTime", after == null ? null : after.time())
        .param("beforeId", after == null ? null : after.id())
        .param("limit", limit)
        .query()
        .listOfRows();
  }

  private JdbcClient.StatementSpec filtered(String statement, LedgerFilter filter) {
    return jdbc.sql(MappedRows.read(statement, mappings))
        .param("all", filter.all())
        .param("names", names(filter))
        .param("winner", filter.winner())
        .param("reason", filter.reason())
        .param("client", filter.client())
        .param("runLow", filter.runs().low())
        .param("runHigh", filter.runs().high())
        .param("since", filter.since() == null ? null : filter.since().toString())
        .param("table", filter.table());
  }

  /** The names that are meant, with their tables, as a statement takes them. */
  private @Nullable String names(LedgerFilter filter) {
    FilterNames asked = filter.names();
    if (asked == null) {
      return null;
    }
    List<LedgerName> held =
        jdbc.sql(SqlFile.read("names-in-" + asked.kind().label()))
            .param("table", filter.table())
            .query(LedgerName.class)
            .list();
    return JSON.valueToTree(asked.among(held)).toString();
  }

  private JsonNode item(LedgerKind kind, Map<String, Object> row) {
    if (kind == LedgerKind.RUNS) {
      return RunEntry.of(json(row)).json();
    }
    JsonNode item = json(row);
    if (!mappings.isSeveral() && item instanceof ObjectNode object) {
      // The only table needs no name.
      object.remove("table");
    }
    return item;
  }

  private JsonNode named(LedgerKind kind, Map<String, Object> row) {
    JsonNode item = item(kind, row);
    if (item instanceof ObjectNode object && row.get("lead") instanceof String lead) {
      object.put("lead", lead);
    }
    return item;
  }

  private static JsonNode json(Map<String, Object> row) {
    return OneColumn.parse(String.valueOf(row.get("item")));
  }

  private static LedgerPage.@Nullable Cursor next(List<Map<String, Object>> rows, int limit) {
    return rows.size() < limit ? null : cursor(rows.get(rows.size() - 1));
  }

  private static LedgerPage.Cursor cursor(Map<String, Object> row) {
    return new LedgerPage.Cursor(String.valueOf(row.get("at")), id(row));
  }

  private static UUID id(Map<String, Object> row) {
    return UUID.fromString(String.valueOf(row.get("id")));
  }
}
