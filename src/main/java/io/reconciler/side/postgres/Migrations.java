package io.reconciler.side.postgres;

import io.reconciler.settings.UsersTable;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.MappingSet;
import io.reconciler.side.postgres.statement.ColumnDefinitions;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Brings the engine's own schema up to date, and makes the portal's tables where they are missing.
 */
public final class Migrations {

  /** Where the engine keeps its own tables. */
  public static final String SCHEMA = "reconciler";

  private static final String VERSION = SqlFile.read("schema-version");
  private static final String PRESENT = SqlFile.read("schema-present");

  private static final String MAKE_USERS = SqlFile.read("make-users");
  private static final String PENDING = SqlFile.read("pending-portal-tables");
  private static final String DROP = SqlFile.read("drop-empty-schema");
  private static final String MADE = "select to_regnamespace('reconciler') is not null";
  private static final String HISTORY =
      "select to_regclass('reconciler.schema_history') is not null";
  private static final String PORTAL = "select quote_literal(current_schema())";
  private static final String ALL = "clients,leads,users";

  /** The version of the newest migration; a test compares it with the files. */
  public static final String NEWEST = "42";

  private final DataSource database;
  private final JdbcClient jdbc;
  private final MappingSet mappings;
  private final UsersTable users;

  /** Migrations of this database, with the portal's own users. */
  public Migrations(DataSource database, Mapping mapping) {
    this(database, MappingSet.of(mapping), UsersTable.PORTALS);
  }

  /** Migrations of this database; the mapped columns follow from the mapping. */
  public Migrations(DataSource database, MappingSet mappings, UsersTable users) {
    this.users = users;
    this.database = database;
    this.jdbc = JdbcClient.create(database);
    this.mappings = mappings;
  }

  /** Whether nothing is left to do; asks the database once or twice and changes nothing. */
  public boolean upToDate() {
    return jdbc.sql(PRESENT)
            .param("users_schema", users.schema())
            .param("users", users.name())
            .param("leads", mappings.leads().isPresent())
            .query(Boolean.class)
            .single()
        && NEWEST.equals(jdbc.sql(VERSION).query(String.class).optional().orElse(""));
  }

  /** Whether the engine was started here before; a start that failed leaves nothing to find. */
  public boolean madeBefore() {
    return jdbc.sql(HISTORY).query(Boolean.class).single()
        && jdbc.sql(VERSION).query(String.class).optional().isPresent();
  }

  /** Does what is left to do, all of it or, should anything fail, nothing. */
  public void migrate() {
    if (upToDate()) {
      return;
    }
    boolean first = !jdbc.sql(MADE).query(Boolean.class).single();
    boolean done = false;
    try {
      flyway().migrate();
      makeUsers();
      if (first && mappings.leads().isEmpty()) {
        // The first migration makes one for whoever has it mapped.
        jdbc.sql("drop table if exists reconciler.leads").update();
      }
      done = true;
    } finally {
      if (first && !done) {
        dropWhatIsEmpty();
      }
    }
  }

  private Flyway flyway() {
    String portal = portal();
    String pending = jdbc.sql(HISTORY).query(Boolean.class).single() ? pending() : all();
    return Flyway.configure()
        .dataSource(database)
        .schemas(SCHEMA)
        .defaultSchema(SCHEMA)
        .table("schema_history")
        .locations("classpath:db/migration")
        // One transaction for all of them.
        .group(true)
        .callbacks(new TakenNames(portal, users, pending))
        .placeholders(
            Map.of(
                // Where V1 and V4 make their tables; V14 takes those that are missing to the
                // portal's.
                "portal_schema",
                SCHEMA,
                "mapped_columns",
                columns(),
                "portal_literal",
                portal,
                "users_schema_literal",
                TakenNames.schemaOf(users, portal),
                "users_name_literal",
                "'" + users.name() + "'",
                "made_now",
                pending))
        .load();
  }

  private String all() {
    return mappings.leads().isPresent() ? ALL : "clients,users";
  }

  private String columns() {
    return mappings.leads().map(ColumnDefinitions::all).orElse("nothing text");
  }

  private String portal() {
    return jdbc.sql(PORTAL).query(String.class).single();
  }

  private void makeUsers() {
    TakenNames.makeUsers(jdbc, users, portal());
    jdbc.sql(MAKE_USERS)
        .param("schema", users.schema())
        .param("name", users.name())
        .query((row, number) -> true)
        .single();
  }

  private String pending() {
    return jdbc.sql(PENDING).query(String.class).single();
  }

  private void dropWhatIsEmpty() {
    try {
      jdbc.sql(DROP).update();
    } catch (DataAccessException e) {
      // The database is away, perhaps: what is left is an empty schema, which the next start fills.
    }
  }
}
