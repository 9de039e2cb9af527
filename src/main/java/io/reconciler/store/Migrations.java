package io.reconciler.store;

import io.reconciler.mapping.Mapping;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Brings the engine's own schema up to date, and makes the portal's tables where they are missing.
 */
public final class Migrations {

  /** Where the engine keeps its own tables. */
  public static final String SCHEMA = "reconciler";

  private static final String VERSION = SqlFile.read("schema-version");
  private static final String PRESENT = SqlFile.read("schema-present");

  /** The version of the newest migration; a test compares it with the files. */
  static final String NEWEST = "8";

  private final DataSource database;
  private final JdbcClient jdbc;
  private final Mapping mapping;

  /** Migrations of this database; the mapped columns follow from the mapping. */
  public Migrations(DataSource database, Mapping mapping) {
    this.database = database;
    this.jdbc = JdbcClient.create(database);
    this.mapping = mapping;
  }

  /** Whether nothing is left to do; asks the database once or twice and changes nothing. */
  public boolean upToDate() {
    return jdbc.sql(PRESENT).query(Boolean.class).single()
        && NEWEST.equals(jdbc.sql(VERSION).query(String.class).optional().orElse(""));
  }

  /** Does what is left to do. */
  public void migrate() {
    if (upToDate()) {
      return;
    }
    String portalSchema =
        jdbc.sql("select quote_ident(current_schema())").query(String.class).single();
    Flyway.configure()
        .dataSource(database)
        .schemas(SCHEMA)
        .defaultSchema(SCHEMA)
        .table("schema_history")
        .locations("classpath:db/migration")
        .placeholders(
            Map.of(
                "portal_schema",
                portalSchema,
                "mapped_columns",
                new LeadStatements(mapping).columnDefinitions()))
        .load()
        .migrate();
  }
}
