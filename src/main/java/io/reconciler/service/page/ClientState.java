package io.reconciler.service.page;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a client stands.
 *
 * @param pulledUntil up to when everything is known to be pulled; null when nothing ever was
 * @param last its last run, null when it had none
 * @param pending records on their way to Airtable
 * @param requests to Airtable this month
 */
record ClientState(
    UUID id,
    String name,
    String base,
    boolean active,
    @Nullable Instant pulledUntil,
    @Nullable RunRow last,
    long pending,
    long deadLetters,
    long conflicts,
    long requests) {

  static ClientState of(ResultSet row, int number) throws SQLException {
    return new ClientState(
        Objects.requireNonNull(row.getObject("client_id", UUID.class)),
        row.getString("client"),
        row.getString("base_id"),
        row.getBoolean("is_active"),
        RunRow.instant(row, "pulled_until"),
        row.getObject("id") == null ? null : RunRow.of(row, number),
        row.getLong("pending"),
        row.getLong("letters"),
        row.getLong("conflicts"),
        row.getLong("requests"));
  }

  /** Whether its last run that ended did not reach its end. */
  public boolean isBroken() {
    return last != null && last.outcome().equals("failed");
  }

  public boolean isRunning() {
    return last != null && last.isRunning();
  }

  /** Whether somebody has to settle something. */
  boolean hasOpen() {
    return deadLetters > 0 || conflicts > 0;
  }
}
