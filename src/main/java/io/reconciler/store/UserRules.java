package io.reconciler.store;

import io.reconciler.mapping.PgType;
import io.reconciler.mapping.PgType.Base;
import io.reconciler.store.Catalog.Access;
import io.reconciler.store.ColumnRules.Expected;
import java.util.ArrayList;
import java.util.List;

/**
 * Says what keeps people from signing in with the portal's own {@code users}; runs need none of it.
 */
final class UserRules {

  private static final String USERS = "users";

  private static final List<Expected> COLUMNS =
      List.of(
          column("id", Base.UUID, 0),
          column("email", Base.VARCHAR, 255),
          column("password_hash", Base.VARCHAR, 255),
          column("role", Base.VARCHAR, 20),
          column("client_id", Base.UUID, 0),
          column("is_active", Base.BOOLEAN, 0));

  private UserRules() {}

  static List<SchemaProblem> users(TableShape users, Access access) {
    ColumnRules rules = new ColumnRules(USERS);
    List<SchemaProblem> problems = new ArrayList<>();
    COLUMNS.forEach(
        column -> problems.addAll(rules.check(column, users.columns().get(column.column()))));
    problems.addAll(
        AccessRules.users(users, COLUMNS.stream().map(Expected::column).toList(), access));
    return problems.stream()
        .map(
            problem ->
                SchemaProblem.warning(problem.text() + ": signing in needs it", problem.ddl()))
        .toList();
  }

  private static Expected column(String name, Base base, int length) {
    PgType type = new PgType(base, length);
    return new Expected(name, type, 0, name + " " + type.sql(), "");
  }
}
