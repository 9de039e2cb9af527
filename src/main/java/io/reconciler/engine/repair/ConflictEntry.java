package io.reconciler.engine.repair;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.decide.Winner;
import io.reconciler.engine.run.Client;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A conflict as the ledger holds it.
 *
 * @param table the name of its table's mapping
 * @param group the field group's name
 * @param agreed the agreed value by column, a JSON null when there was none
 * @param status open, settled (at once: nothing was lost), applied or dismissed
 * @param settled who settled it and when, null while it is open
 * @param client whose conflict it is, null when that client was deleted since
 */
record ConflictEntry(
    UUID id,
    String table,
    String recordId,
    String group,
    Winner winner,
    JsonNode agreed,
    JsonNode airtable,
    JsonNode portal,
    Instant airtableModified,
    Instant portalModified,
    String status,
    @Nullable String settled,
    @Nullable Client client) {

  /** Reads a row of {@code read-conflict.sql}. */
  static ConflictEntry of(JsonNode row) {
    return new ConflictEntry(
        UUID.fromString(row.path("id").asText()),
        row.path("table").asText(),
        row.path("recordId").asText(),
        row.path("group").asText(),
        Winner.valueOf(row.path("winner").asText().toUpperCase(Locale.ROOT)),
        row.path("agreed"),
        row.path("airtable"),
        row.path("portal"),
        Instant.parse(row.path("airtableModifiedAt").asText()),
        Instant.parse(row.path("portalModifiedAt").asText()),
        row.path("status").asText(),
        row.hasNonNull("settledAt")
            ? row.path("settledAt").asText() + " by " + row.path("settledBy").asText()
            : null,
        row.path("client").isObject() ? Client.of(row.path("client")) : null);
  }

  /** Whether it may be applied: also when it was settled at once, because nothing was lost. */
  boolean isOpen() {
    return status.equals("open") || status.equals("settled");
  }
}
