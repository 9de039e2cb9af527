package io.reconciler.engine.window;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * How far a client is known to be reconciled.
 *
 * @param pulledUntil on Airtable's clock, null when it was never fully loaded
 * @param pushedUntil on the database's clock, null when stage 2 never finished
 * @param doubtedSince on Airtable's clock: what was agreed on came from a backup that says nothing
 *     of edits since then; null when it did not
 * @param oldestOpen on the database's clock: since when the oldest of others' transactions is open;
 *     null when none is seen
 * @param databaseNow the database's clock when this was read
 */
public record Watermark(
    @Nullable Instant pulledUntil,
    @Nullable Instant pushedUntil,
    @Nullable Instant doubtedSince,
    @Nullable Instant oldestOpen,
    Instant databaseNow) {

  /** Reads the row of {@code read-watermark.sql}. */
  public static Watermark of(JsonNode row) {
    Instant now = instant(row.path("database_now"));
    if (now == null) {
      throw new IllegalArgumentException("no database_now");
    }
    return new Watermark(
        instant(row.path("pulled_until")),
        instant(row.path("pushed_until")),
        instant(row.path("doubted_since")),
        instant(row.path("oldest_open")),
        now);
  }

  private static @Nullable Instant instant(JsonNode text) {
    return text.isTextual() ? OffsetDateTime.parse(text.asText()).toInstant() : null;
  }
}
