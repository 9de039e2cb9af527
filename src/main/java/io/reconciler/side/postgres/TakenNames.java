package io.reconciler.side.postgres;

import io.reconciler.settings.UsersTable;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Goes out of the way of index names that are taken: a portal that renames a table keeps the names
 * of its indexes. A migration that was released says what it says, so this comes before it, in its
 * transaction.
 */
final class TakenNames implements Callback {

  /** The migration that moves the tables to the portal's schema. */
  private static final String MOVES = "14";

  private static final String MAKE_USERS = SqlFile.read("make-users-apart");
  private static final String FREE = SqlFile.read("free-index-names");

  private final String portal;
  private final UsersTable users;
  private final String madeNow;

  /**
   * Of the tables of this portal.
   *
   * @param portal its schema, as a literal
   * @param madeNow the tables that are made now, separated by commas
   */
  TakenNames(String portal, UsersTable users, String madeNow) {
    this.portal = portal;
    this.users = users;
    this.madeNow = madeNow;
  }

  /** The schema of the users, as a literal. */
  static String schemaOf(UsersTable users, String portal) {
    return users.schema() == null ? portal : "'" + users.schema() + "'";
  }

  /** Makes the table of users, if only the name of its index is in the way. */
  static void makeUsers(JdbcClient jdbc, UsersTable users, String portal) {
    jdbc.sql(makeUsers(users, portal)).update();
  }

  private static String makeUsers(UsersTable users, String portal) {
    return MAKE_USERS
        .replace("${schema}", schemaOf(users, portal))
        .replace("${name}", "'" + users.name() + "'");
  }

  @Override
  public boolean supports(Event event, Context context) {
    return event == Event.BEFORE_EACH_MIGRATE
        && context != null
        && MOVES.equals(String.valueOf(context.getMigrationInfo().getVersion()));
  }

  @Override
  public boolean canHandleInTransaction(Event event, Context context) {
    return true;
  }

  @Override
  public void handle(Event event, Context context) {
    try (Statement statement = context.getConnection().createStatement()) {
      statement.execute(makeUsers(users, portal));
      statement.execute(FREE.replace("${portal}", portal).replace("${made_now}", madeNow));
    } catch (SQLException e) {
      throw new FlywayException("the portal's tables can't be made: " + e.getMessage(), e);
    }
  }

  @Override
  public String getCallbackName() {
    return "taken names";
  }
}
