package io.reconciler.service.page;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import java.util.UUID;

/** What is on its way and open of a client's table. */
record TableState(UUID client, String table, long pending, long deadLetters, long conflicts) {

  static TableState of(ResultSet row, int number) throws SQLException {
    return new TableState(
        Objects.requireNonNull(row.getObject("client_id", UUID.class)),
        row.getString("table_name"),
        row.getLong("pending"),
        row.getLong("letters"),
        row.getLong("conflicts"));
  }

  static TableState nothing(UUID client, String table) {
    return new TableState(client, table, 0, 0, 0);
  }
}
