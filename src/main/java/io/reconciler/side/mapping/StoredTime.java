package io.reconciler.side.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Points in time as PostgreSQL writes them in JSON. */
public final class StoredTime {

  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

  private StoredTime() {}

  /**
   * The time of that JSON; null when it holds none, or one that Airtable has no way to write:
   * infinity, before Christ, a year of five digits.
   */
  public static @Nullable Instant read(JsonNode json) {
    if (!json.isTextual()) {
      return null;
    }
    try {
      Instant time = Timestamps.parse(json.textValue());
      return time.isBefore(FIRST) || !time.isBefore(END) ? null : time;
    } catch (DateTimeException unreadable) {
      return null;
    }
  }
}
