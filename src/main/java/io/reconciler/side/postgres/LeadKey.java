package io.reconciler.side.postgres;

import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.PostgresTable;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How the rows of a mapped table are named: by a key of whatever type, and by their records. */
public final class LeadKey {

  private static final String GENERATED = SqlFile.read("lead-key");
  private static final String PER_CLIENT = SqlFile.read("record-per-client");

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

  /** Whether a record id names a row only together with its client, as the unique index says. */
  public boolean isPerClient(Mapping mapping) {
    PostgresTable table = mapping.postgres();
    return table.client() != null
        && jdbc.sql(PER_CLIENT)
            .param("table", table.table())
            .param("record", table.recordId())
            .query(Boolean.class)
            .single();
  }
}
