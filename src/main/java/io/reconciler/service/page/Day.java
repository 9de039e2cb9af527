package io.reconciler.service.page;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the runs of a day came to.
 *
 * @param millis how long a run lasted on average; null when there was none
 * @param lag within which 95 of 100 edits were on the other side, of the slowest twentieth of runs
 */
record Day(
    LocalDate day,
    long pulled,
    long pushed,
    long skipped,
    long errors,
    long requests,
    @Nullable Long millis,
    @Nullable Long lag) {

  static Day of(ResultSet row, int number) throws SQLException {
    return new Day(
        Objects.requireNonNull(row.getObject("day", LocalDate.class)),
        row.getLong("pulled"),
        row.getLong("pushed"),
        row.getLong("skipped"),
        row.getLong("errors"),
        row.getLong("requests"),
        row.getObject("millis", Long.class),
        row.getObject("lag", Long.class));
  }
}
