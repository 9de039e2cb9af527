package io.reconciler.side.postgres;

import io.reconciler.side.mapping.PostgresTable;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which columns of a mapped table a constraint is about. */
public final class ConstraintColumns {

  private static final String COLUMNS = SqlFile.read("constraint-columns");

  private final JdbcClient jdbc;

  /** Of the table of this database. */
  public ConstraintColumns(DataSource database) {
    this.jdbc = JdbcClient.create(database);
  }

  /**
   * The columns that a refusal names, by way of its constraint; none when it names nothing of ours.
   */
  public Set<String> of(RefusedWrite refusal, PostgresTable table) {
    if (refusal.constraint() == null && refusal.column() == null && refusal.dataType() == null) {
      return Set.of();
    }
    return Set.copyOf(
        jdbc.sql(COLUMNS)
            .param("ours", table.table())
            .param("schema", refusal.schema())
            .param("table", refusal.table())
            .param("column", refusal.column())
            .param("constraint", refusal.constraint())
            .param("dataType", refusal.dataType())
            .query(String.class)
            .list());
  }
}
