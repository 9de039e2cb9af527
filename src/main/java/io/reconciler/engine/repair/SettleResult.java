package io.reconciler.engine.repair;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What came of a request to settle an entry.
 *
 * @param message for a person: one line, without a secret
 * @param details when the sides have moved on: both present values, by side and column; else null
 */
public record SettleResult(UUID id, Status status, String message, @Nullable JsonNode details) {

  public enum Status {
    DONE,
    /** It was settled before; nothing was changed. */
    SETTLED_BEFORE,
    /** The sides have moved on since; nothing was changed. */
    MOVED_ON,
    /** It can't be done with this entry; nothing was changed. */
    IMPOSSIBLE,
    /** It was tried and failed for the data; the entry, or a new one, says why. */
    FAILED,
    /** Airtable or PostgreSQL failed it; the message says how far it came. */
    ERROR,
    /** A run of the client is active; nothing was changed. */
    BUSY,
    /** The request needs something else, which the message names; nothing was changed. */
    INVALID,
    UNKNOWN
  }

  public static SettleResult of(UUID id, Status status, String message) {
    return new SettleResult(id, status, message, null);
  }
}
