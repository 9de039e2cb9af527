package io.reconciler.service.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Work that somebody asked for.
 *
 * @param alive whether it goes on, and its process was heard a moment ago
 * @param total null while nobody knows
 * @param result missing until it has ended well
 */
record JobRow(
    UUID id,
    String kind,
    String requester,
    String title,
    Instant started,
    @Nullable Instant ended,
    boolean alive,
    long done,
    @Nullable Long total,
    @Nullable String failure,
    JsonNode result) {

  static JobRow of(ResultSet row, int number) throws SQLException {
    return new JobRow(
        Objects.requireNonNull(row.getObject("id", UUID.class)),
        row.getString("kind"),
        row.getString("requester"),
        row.getString("title"),
        Objects.requireNonNull(RunRow.instant(row, "started_at")),
        RunRow.instant(row, "ended_at"),
        row.getBoolean("alive"),
        row.getLong("done"),
        row.getObject("total", Long.class),
        row.getString("failure"),
        RunRow.json(row, "result"));
  }

  /** Whether its process died with it. */
  public boolean isLost() {
    return ended == null && !alive;
  }

  public boolean isGoing() {
    return ended == null && alive;
  }
}
