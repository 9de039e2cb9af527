package io.reconciler.engine.repair;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A page of a ledger, the newest first.
 *
 * @param items the entries, every field of each
 * @param next where the next page starts, null on the last page
 */
public record LedgerPage(List<JsonNode> items, @Nullable Cursor next) {

  /** The entry after which a page starts: its place in time, ISO-8601, and its id. */
  public record Cursor(String time, UUID id) {}

  public LedgerPage {
    items = List.copyOf(items);
  }
}
