package io.reconciler.side.postgres;

import io.reconciler.side.mapping.PostgresTable;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Locks on whole mapped tables, which no record of them gets past. */
public final class TableLocks {

  private static final String HOLDER = SqlFile.read("table-lock");

  private final JdbcClient jdbc;

  /** On the tables of this database. */
  public TableLocks(DataSource database) {
    this.jdbc = JdbcClient.create(database);
  }

  /** Who keeps everybody else from writing rows of the table; empty when nobody does. */
  public Optional<String> holder(PostgresTable table) {
    return jdbc.sql(HOLDER).param("table", table.table()).query(String.class).optional();
  }
}
