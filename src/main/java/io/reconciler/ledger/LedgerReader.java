package io.reconciler.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.store.Rows;
import io.reconciler.store.SqlFile;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the ledgers; changes nothing. */
public final class LedgerReader {

  /** The most entries of one page. */
  public static final int LARGEST_PAGE = 500;

  private static final int ENOUGH_TO_BE_AMBIGUOUS = 2;

  private final JdbcClient jdbc;

  /** The ledgers of this database. */
  public LedgerReader(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * A page of a ledger, the newest first: what is open (of the runs: those of the last 7 days), or
   * all.
   *
   * @param after where the page before ended, null for the first one
   * @param limit entries of the page, up to {@link #LARGEST_PAGE}
   */
  public LedgerPage page(
      LedgerKind kind, boolean all, LedgerPage.@Nullable Cursor after, int limit) {
    List<Map<String, Object>> rows = query(kind, IdRange.ALL, all, after, limit);
    List<JsonNode> items = rows.stream().map(row -> item(kind, row)).toList();
    return new LedgerPage(items, rows.size() < limit ? null : cursor(rows.get(rows.size() - 1)));
  }

  /** How many entries the pages of a ledger hold. */
  public long count(LedgerKind kind, boolean all) {
    return jdbc.sql(SqlFile.read("count-" + kind.label()))
        .param("all", all)
        .query(Long.class)
        .single();
  }

  /**
   * The one entry whose id is this or begins with it.
   *
   * @param id at least 6 characters of an id
   * @throws UnknownEntryException when there is none, or more than one
   */
  public JsonNode find(LedgerKind kind, String id) {
    return item(kind, row(kind, id));
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
        range == null ? List.of() : query(kind, range, true, null, ENOUGH_TO_BE_AMBIGUOUS);
    if (rows.isEmpty()) {
      throw UnknownEntryException.none(kind, id);
    }
    if (rows.size() > 1) {
      throw UnknownEntryException.several(kind, id);
    }
    return rows.get(0);
  }

  private List<Map<String, Object>> query(
      LedgerKind kind, IdRange ids, boolean all, LedgerPage.@Nullable Cursor after, int limit) {
    return jdbc.sql(SqlFile.read("list-" + kind.label()))
        .param("low", ids.low())
        .param("high", ids.high())
        .param("all", all)
        .param("beforeTime", after == null ? null : after.time())
        .param("beforeId", after == null ? null : after.id())
        .param("limit", limit)
        .query()
        .listOfRows();
  }

  private static JsonNode item(LedgerKind kind, Map<String, Object> row) {
    return kind == LedgerKind.RUNS ? RunEntry.of(json(row)).json() : json(row);
  }

  private static JsonNode json(Map<String, Object> row) {
    return Rows.parse(String.valueOf(row.get("item")));
  }

  private static LedgerPage.Cursor cursor(Map<String, Object> row) {
    return new LedgerPage.Cursor(String.valueOf(row.get("at")), id(row));
  }

  private static UUID id(Map<String, Object> row) {
    return UUID.fromString(String.valueOf(row.get("id")));
  }
}
