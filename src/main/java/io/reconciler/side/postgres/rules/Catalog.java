package io.reconciler.side.postgres.rules;

import io.reconciler.settings.UsersTable;
import io.reconciler.side.postgres.SqlFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads what PostgreSQL's catalog says of the tables and of this user's rights; changes nothing.
 */
final class Catalog {

  private static final String PLACE =
      "select coalesce(quote_ident(current_schema()), '\"\"') || '.' || quote_ident(:table)";
  private static final String SHADOW =
      "select exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace"
          + " where n.nspname = 'reconciler' and c.relname = :table)";
  private static final String USERS_PLACE = SqlFile.read("users-place");
  private static final String NAMES = SqlFile.read("table-names");
  private static final String SHAPE = SqlFile.read("table-shape");
  private static final String COLUMNS = SqlFile.read("table-columns");
  private static final String POLICIES = SqlFile.read("table-policies");
  private static final String INDEXES = SqlFile.read("table-indexes");
  private static final String TRIGGERS = SqlFile.read("table-update-triggers");
  private static final String CONSTRAINTS = SqlFile.read("table-constraints");
  private static final String GUEST_TRIGGERS = SqlFile.read("table-guest-triggers");
  private static final String SEQUENCES = SqlFile.read("table-sequences");
  private static final String ACCESS = SqlFile.read("engine-access");

  private final JdbcClient jdbc;

  Catalog(DataSource database) {
    this.jdbc = JdbcClient.create(database);
  }

  /** The portal's table of this name; empty when there is none in the portal's schema. */
  Optional<TableShape> table(String table) {
    return at(jdbc.sql(PLACE).param("table", table).query(String.class).single());
  }

  /** The table of a mapping, with its schema or as the search path finds it. */
  Optional<TableShape> mapped(String table) {
    return at(table);
  }

  /** The names of the tables that there are, those on the search path without their schema. */
  List<String> tableNames() {
    return jdbc.sql(NAMES).query(String.class).list();
  }

  /** The enums that a mapped column may be of. */
  Enums enums() {
    return Enums.read(jdbc);
  }

  /** The table of those who may sign in. */
  Optional<TableShape> table(UsersTable users) {
    return users.schema() == null ? table(users.name()) : at(users.sql());
  }

  /** What keeps the missing table of users from being made; empty when nothing does. */
  Optional<String> obstacle(UsersTable users) {
    return jdbc.sql(USERS_PLACE)
        .param("schema", users.schema())
        .query(String.class)
        .optional()
        .filter(obstacle -> !obstacle.isEmpty());
  }

  private Optional<TableShape> at(String name) {
    return jdbc.sql(SHAPE)
        .param("table", name)
        .query(Kind.class)
        .optional()
        .map(
            kind ->
                new TableShape(
                    kind.kind(),
                    kind.place(),
                    kind.rowSecurity(),
                    jdbc.sql(POLICIES).param("table", name).query(TableShape.Policy.class).list(),
                    columns(name),
                    jdbc.sql(INDEXES).param("table", name).query(TableShape.Index.class).list(),
                    kind.mayFill(),
                    texts(TRIGGERS, name),
                    constraints(name),
                    texts(GUEST_TRIGGERS, name),
                    texts(SEQUENCES, name)));
  }

  /** Whether the engine's own schema has a table of this name. */
  boolean isShadowed(String table) {
    return jdbc.sql(SHADOW).param("table", table).query(Boolean.class).single();
  }

  Access access() {
    return jdbc.sql(ACCESS).query(Access.class).single();
  }

  private List<String> texts(String sql, String table) {
    return jdbc.sql(sql).param("table", table).query(String.class).list();
  }

  private List<TableShape.Constraint> constraints(String table) {
    return jdbc.sql(CONSTRAINTS)
        .param("table", table)
        .query(
            (row, number) ->
                new TableShape.Constraint(
                    row.getString("name"),
                    row.getString("definition"),
                    List.of(row.getString("columns").split(","))))
        .list();
  }

  private Map<String, TableShape.Column> columns(String table) {
    List<TableShape.Column> list =
        jdbc.sql(COLUMNS).param("table", table).query(TableShape.Column.class).list();
    Map<String, TableShape.Column> columns = new LinkedHashMap<>();
    list.forEach(column -> columns.put(column.name(), column));
    return columns;
  }

  /** The first row of the questions about a table. */
  record Kind(String kind, String place, boolean rowSecurity, boolean mayFill) {}

  /**
   * What this user finds and may do beside the portal's tables.
   *
   * @param migrated whether the engine's schema was made here
   * @param mayUse whether the engine's tables that there are may be read and written
   * @param username as a statement needs it, like the other names
   * @param portalSchema the portal's, where new tables go; null when the search_path names no
   *     schema
   */
  record Access(
      boolean migrated,
      boolean mayUse,
      boolean mayMakeSchema,
      boolean mayMakeTables,
      String username,
      String database,
      @Nullable String portalSchema,
      String searchPath) {}
}
