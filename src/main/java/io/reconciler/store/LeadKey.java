package io.reconciler.store;

import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The key of {@code leads}, of whatever type: the engine finds leads by their records. */
public final class LeadKey {

  private static final String GENERATED = SqlFile.read("lead-key");

  private final JdbcClient jdbc;

  /** Of the table of this database. */
  public LeadKey(DataSource database) {
    this.jdbc = JdbcClient.create(database);
  }

  /** Whether the table gives a new lead its key; else it gets a random UUID. */
  public boolean isGenerated() {
    return jdbc.sql(GENERATED).query(Boolean.class).optional().orElse(false);
  }
}
