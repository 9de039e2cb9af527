package io.reconciler.engine.repair;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.engine.pull.Drift;
import io.reconciler.engine.run.Client;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter as its ledger holds it.
 *
 * @param table the name of its table's mapping
 * @param stage pull or push
 * @param field a column (pull), a field group (push), or empty when it is about the whole record
 * @param status open, discarded or closed
 * @param settledBy who or what settled it; null while it is open, and when it went through
 * @param leadActive whether its record has an active lead
 * @param replaced whether Airtable's value has taken the place of what it is about, for good
 * @param client whose it is, null when that client was deleted since
 */
record DeadLetterEntry(
    UUID id,
    String table,
    String recordId,
    String stage,
    String field,
    String reason,
    int attempts,
    String status,
    @Nullable String settledBy,
    boolean leadActive,
    boolean replaced,
    @Nullable Client client) {

  /** Reads a row of {@code read-dead-letter.sql} or {@code open-dead-letters.sql}. */
  static DeadLetterEntry of(JsonNode row) {
    return new DeadLetterEntry(
        UUID.fromString(row.path("id").asText()),
        row.path("table").asText(),
        row.path("recordId").asText(),
        row.path("stage").asText(),
        row.path("field").asText(),
        row.path("reason").asText(),
        row.path("attempts").asInt(),
        row.path("status").asText(),
        row.path("settledBy").textValue(),
        row.path("leadActive").asBoolean(),
        row.path("replaced").asBoolean(),
        row.path("client").isObject() ? Client.of(row.path("client")) : null);
  }

  boolean isClosed() {
    return status.equals("closed");
  }

  boolean isPush() {
    return stage.equals("push");
  }

  /** Whether it is about a field of every record, which is gone from Airtable. */
  boolean isAboutField() {
    return recordId.equals(Drift.ALL_RECORDS);
  }

  /** Whether the record has to come into PostgreSQL before anything can be sent to Airtable. */
  boolean needsPull() {
    return !isAboutField() && (!isPush() || !leadActive);
  }

  /** What it is about, for a person. */
  String subject() {
    return isAboutField() ? "the field of " + field : recordId;
  }
}
