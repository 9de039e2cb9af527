package io.reconciler.side.postgres.rules;

import io.reconciler.settings.UsersTable;
import io.reconciler.side.mapping.PgType;
import io.reconciler.side.mapping.PgType.Base;
import io.reconciler.side.postgres.rules.Catalog.Access;
import io.reconciler.side.postgres.rules.ColumnRules.Expected;
import io.reconciler.side.postgres.rules.TableShape.Column;
import java.util.ArrayList;
import java.util.List;

/**
 * Says what keeps people from signing in with the portal's own {@code users}; runs need none of it.
 */
final class UserRules {

  private static final List<Expected> COLUMNS =
      List.of(
          column("id", Base.UUID, 0),
          column("email", Base.VARCHAR, 255),
          column("password_hash", Base.VARCHAR, 255),
          column("role", Base.VARCHAR, 20),
          column("client_id", Base.UUID, 0),
          column("is_active", Base.BOOLEAN, 0));

  private static final String ANOTHER =
      "; leave the portal's table as it is, and set RECONCILER_USERS_TABLE to a name that is free, such"
          + " as sync_users: the engine makes a table of its own there";

  private UserRules() {}

  /** Nothing that the portal has in its table is ever to be altered: at most something is added. */
  static List<SchemaProblem> users(TableShape table, UsersTable place, Access access) {
    String name = place.schema() == null ? place.name() : place.toString();
    ColumnRules rules = new ColumnRules(name, table.place());
    List<SchemaProblem> problems = new ArrayList<>();
    for (Expected expected : COLUMNS) {
      Column column = table.columns().get(expected.column());
      rules
          .check(expected, column)
          .forEach(
              problem ->
                  problems.add(
                      column == null
                          ? warning(problem.text(), "", problem.ddl())
                          : warning(problem.text(), ANOTHER, "")));
    }
    List<String> known = COLUMNS.stream().map(Expected::column).toList();
    table.columns().values().stream()
        .filter(column -> !known.contains(column.name()) && column.mustBeGiven())
        .forEach(column -> problems.add(unfilled(name, column)));
    boolean another = problems.stream().anyMatch(problem -> problem.ddl().isEmpty());
    List<SchemaProblem> said =
        another ? problems.stream().filter(problem -> problem.ddl().isEmpty()).toList() : problems;
    List<SchemaProblem> all = new ArrayList<>(said);
    all.addAll(PolicyRules.users(table, name, access));
    if (!another) {
      AccessRules.users(table, name, known, access)
          .forEach(problem -> all.add(warning(problem.text(), "", problem.ddl())));
    }
    return all;
  }

  /** Without these nobody can be looked up, whatever else the table lacks. */
  static List<SchemaProblem> keepOut(TableShape table, UsersTable place, Access access) {
    ColumnRules rules = new ColumnRules(place.toString(), table.place());
    List<SchemaProblem> problems = new ArrayList<>();
    for (Expected expected : COLUMNS) {
      Column column = table.columns().get(expected.column());
      boolean key = expected.type().base() == Base.UUID;
      if (column == null || key && !"uuid".equals(column.type())) {
        rules.check(expected, column).stream()
            .filter(SchemaProblem::fatal)
            .forEach(problem -> problems.add(warning(problem.text(), "", "")));
      }
    }
    List<String> known = COLUMNS.stream().map(Expected::column).toList();
    AccessRules.readers(table, place.toString(), known, access)
        .forEach(problem -> problems.add(warning(problem.text(), "", problem.ddl())));
    return problems;
  }

  /** The table is somewhere else by the setting, and was there when the service started. */
  static SchemaProblem gone(UsersTable place, Access access) {
    String schema = place.schema() == null ? access.portalSchema() : place.schema();
    return SchemaProblem.warning(
        "no table %s in the schema %s; bring it back, or start the service anew: that makes one, without users"
            .formatted(place.name(), schema),
        "");
  }

  /** The table is somewhere else by the setting, and can't be made there. */
  static SchemaProblem missing(UsersTable place, String ddl, Access access) {
    String why =
        ddl.startsWith("create schema")
            ? "there is no schema %s for the table %s".formatted(place.schema(), place)
            : "%s may not make the table %s".formatted(access.username(), place);
    return SchemaProblem.fatal(why + ", which RECONCILER_USERS_TABLE names", ddl);
  }

  private static SchemaProblem unfilled(String table, Column column) {
    return warning(
        "%s.%s is NOT NULL without a default, and user add can't fill it"
            .formatted(table, column.name()),
        ANOTHER,
        "");
  }

  private static SchemaProblem warning(String text, String then, String ddl) {
    return SchemaProblem.warning(text + ": signing in needs it" + then, ddl);
  }

  private static Expected column(String name, Base base, int length) {
    PgType type = new PgType(base, length);
    return new Expected(name, type, 0, name + " " + type.sql(), "");
  }
}
