package io.reconciler.service.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/** What a run changed of a record. */
record ChangeRow(
    long id,
    UUID run,
    UUID client,
    String table,
    String recordId,
    String kind,
    JsonNode changes,
    Instant at) {

  static ChangeRow of(ResultSet row, int number) throws SQLException {
    return new ChangeRow(
        row.getLong("id"),
        Objects.requireNonNull(row.getObject("run_id", UUID.class)),
        Objects.requireNonNull(row.getObject("client_id", UUID.class)),
        row.getString("table_name"),
        row.getString("airtable_record_id"),
        row.getString("kind"),
        RunRow.json(row, "changes"),
        Objects.requireNonNull(RunRow.instant(row, "at")));
  }
}
