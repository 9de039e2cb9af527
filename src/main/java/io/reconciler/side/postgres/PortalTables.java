package io.reconciler.side.postgres;

import io.reconciler.settings.UsersTable;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which tables the engine takes for the portal's, and which it would make. Reads only. */
public final class PortalTables {

  private static final String TABLES = SqlFile.read("portal-tables");

  private final JdbcClient jdbc;
  private final UsersTable users;

  /** The tables of this database. */
  public PortalTables(DataSource database) {
    this(database, UsersTable.PORTALS);
  }

  /** The same, with users at another place. */
  public PortalTables(DataSource database, UsersTable users) {
    this.users = users;
    this.jdbc = JdbcClient.create(database);
  }

  /** Clients, leads and users, in this order; none when the search_path names no schema. */
  public List<Table> list() {
    return jdbc.sql(TABLES)
        .param("users", users.name())
        .param("users_schema", users.schema())
        .query(Table.class)
        .list();
  }

  /** A table with how many rows it has, for a person. */
  public String described(Table table) {
    return table.name() + ": " + table.place() + (table.present() ? rows(table) : ", to be made");
  }

  // The place comes quoted from PostgreSQL.
  private String rows(Table table) {
    try {
      long rows = jdbc.sql("select count(*) from " + table.place()).query(Long.class).single();
      return String.format(Locale.ROOT, ", %,d %s", rows, rows == 1 ? "row" : "rows");
    } catch (DataAccessException e) {
      return ", whose rows this role may not read";
    }
  }

  /**
   * One of the portal's tables.
   *
   * @param place its schema and name as a statement needs them
   * @param present whether it is there
   * @param elsewhere the other schemas that have a table of this name, separated by commas
   * @param shadowed whether the engine's own schema has one, which is never looked at
   */
  public record Table(
      String name, String place, boolean present, String elsewhere, boolean shadowed) {

    /** Whether it is missing here, but somewhere else there is one of its name. */
    public boolean isElsewhere() {
      return !present && !elsewhere.isEmpty();
    }
  }
}
