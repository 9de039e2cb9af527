package io.reconciler.side.postgres;

import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.PostgresTable;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How the rows of a mapped table are named: by a key of whatever type, and by their records. */
public final class LeadKey {

  private static final String GENERATED = SqlFile.read("lead-key");
  private static final String NAMING = SqlFile.read("record-per-client");

  /** How a record names a row of its table, as the unique indexes say. */
  public enum Naming {
    /** By its id. */
    ALONE,
    /** By its id and its client. */
    PER_CLIENT,
    /** Not at all: no index keeps a second row of it away. */
    NONE
  }

  private final JdbcClient jdbc;

  public LeadKey(DataSource database) {
    this.jdbc = JdbcClient.create(database);
  }

  /** Whether the table gives a new row its key; else it gets a random UUID. */
  public boolean isGenerated(Mapping mapping) {
    return jdbc.sql(GENERATED)
        .param("table", mapping.postgres().table())
        .param("key", mapping.postgres().key())
        .query(Boolean.class)
        .optional()
        .orElse(false);
  }

  /** How a record names its row; what is no table, or not there, lacks no index. */
  public Naming naming(Mapping mapping) {
    PostgresTable table = mapping.postgres();
    return jdbc.sql(NAMING)
        .param("table", table.table())
        .param("record", table.recordId())
        .param("client", table.client())
        .query(Naming.class)
        .single();
  }
}
