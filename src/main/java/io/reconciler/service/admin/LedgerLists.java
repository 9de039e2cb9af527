package io.reconciler.service.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reconciler.engine.repair.BadFilterException;
import io.reconciler.engine.repair.LedgerFilter;
import io.reconciler.engine.repair.LedgerKind;
import io.reconciler.engine.repair.LedgerPage;
import io.reconciler.engine.repair.LedgerReader;
import io.reconciler.engine.repair.MappedTables;
import io.reconciler.engine.repair.UnknownEntryException;
import io.reconciler.engine.run.RunResult;
import io.reconciler.service.api.ApiError;
import io.reconciler.service.api.ApiException;
import io.reconciler.service.api.ApiRequest;
import io.reconciler.service.api.ItemPaging;
import io.reconciler.side.mapping.MappingSet;
import io.reconciler.side.postgres.OneColumn;
import io.reconciler.side.postgres.SqlFile;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The endpoints that list what the engine keeps; each throws ApiException 400 for a bad page or
 * filter.
 */
public final class LedgerLists {

  private static final String CLIENTS = SqlFile.read("page-of-clients");

  /** What a ledger's list has beside a run's result; an item is the result alone. */
  private static final List<String> BESIDE_RESULT =
      List.of("outcome", "requester", "windowMinutes", "fullSweep");

  private final LedgerReader reader;
  private final JdbcClient jdbc;
  private final MappingSet mappings;
  private final Clock clock;

  LedgerLists(LedgerReader reader, JdbcClient jdbc, MappingSet mappings, Clock clock) {
    this.reader = reader;
    this.jdbc = jdbc;
    this.mappings = mappings;
    this.clock = clock;
  }

  /** All runs, the newest first, each as {@code sync --json} prints it. */
  public ItemPaging.ItemPage<JsonNode> runs(ApiRequest request) {
    ItemPaging.ItemPage<JsonNode> page = page(LedgerKind.RUNS, LedgerFilter.of(true), request);
    page.items().forEach(item -> ((ObjectNode) item).remove(BESIDE_RESULT));
    return page;
  }

  /**
   * One run.
   *
   * @throws ApiException 404 when there is none with this id
   */
  public RunResult run(ApiRequest request) {
    try {
      return reader.run(request.id().toString()).result();
    } catch (UnknownEntryException e) {
      throw new ApiException(ApiError.notFound("there is no such run"));
    }
  }

  /** The open conflicts, or with {@code all=true} all, that pass the filters, the newest first. */
  public ItemPaging.ItemPage<JsonNode> conflicts(ApiRequest request) {
    return page(LedgerKind.CONFLICTS, filter(LedgerKind.CONFLICTS, request), request);
  }

  /**
   * The open dead letters, or with {@code all=true} all, that pass the filters, the one that failed
   * last first.
   */
  public ItemPaging.ItemPage<JsonNode> deadLetters(ApiRequest request) {
    return page(LedgerKind.DEAD_LETTERS, filter(LedgerKind.DEAD_LETTERS, request), request);
  }

  /** The mapped tables, in the order in which they are pulled. */
  public ItemPaging.ItemPage<JsonNode> tables() {
    return new ItemPaging.ItemPage<>(new MappedTables(jdbc, mappings).list(), null);
  }

  /** All clients, by base. */
  public ItemPaging.ItemPage<JsonNode> clients(ApiRequest request) {
    ItemPaging paging = ItemPaging.of(request);
    List<JsonNode> rows =
        jdbc
            .sql(CLIENTS)
            .param("after", paging.cursor() == null ? "" : paging.cursor())
            .param("limit", paging.limit() + 1)
            .query(String.class)
            .list()
            .stream()
            .map(OneColumn::parse)
            .toList();
    return paging.page(rows, row -> row.path("airtableBaseId").asText(), row -> row);
  }

  private ItemPaging.ItemPage<JsonNode> page(
      LedgerKind kind, LedgerFilter filter, ApiRequest request) {
    ItemPaging paging = ItemPaging.of(request);
    LedgerPage page = reader.page(kind, filter, cursor(paging.cursor()), paging.limit());
    LedgerPage.Cursor next = page.next();
    boolean more = next != null && !reader.page(kind, filter, next, 1).items().isEmpty();
    return new ItemPaging.ItemPage<>(
        page.items(),
        next != null && more ? ItemPaging.encode(next.time() + " " + next.id()) : null);
  }

  private static LedgerPage.@Nullable Cursor cursor(@Nullable String text) {
    if (text == null) {
      return null;
    }
    String[] parts = text.split(" ", -1);
    try {
      if (parts.length == 2) {
        return new LedgerPage.Cursor(Instant.parse(parts[0]).toString(), UUID.fromString(parts[1]));
      }
    } catch (DateTimeParseException | IllegalArgumentException e) {
      // Answered below, as any other cursor that is none.
    }
    throw ItemPaging.badCursor();
  }

  private LedgerFilter filter(LedgerKind kind, ApiRequest request) {
    try {
      return reader.oneRun(LedgerFilter.of(all(request), request.query(), kind, mappings, clock));
    } catch (BadFilterException | UnknownEntryException e) {
      throw new ApiException(ApiError.badRequest(String.valueOf(e.getMessage())));
    }
  }

  private static boolean all(ApiRequest request) {
    String all = request.query().getOrDefault("all", "false");
    if (!all.equals("true") && !all.equals("false")) {
      throw new ApiException(ApiError.badRequest("all must be true or false"));
    }
    return all.equals("true");
  }
}
