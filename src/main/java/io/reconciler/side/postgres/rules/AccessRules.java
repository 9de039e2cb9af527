package io.reconciler.side.postgres.rules;

import io.reconciler.side.postgres.rules.Catalog.Access;
import java.util.Collection;
import java.util.List;

/** Says what this database user lacks the right to. */
final class AccessRules {

  private AccessRules() {}

  /** Reads and writes the rows of a mapped table; columns that it does not know are left alone. */
  static List<SchemaProblem> table(
      TableShape table, String name, Collection<String> columns, Access access) {
    LackingRights lacking = LackingRights.of(table, columns);
    return lacking.isEmpty()
        ? List.of()
        : List.of(
            SchemaProblem.fatal(refused(lacking, name, access), grant(lacking, table, access)));
  }

  /** A run only reads {@code clients}; what adds a client writes it too. */
  static List<SchemaProblem> clients(TableShape clients, List<String> columns, Access access) {
    LackingRights lacking = LackingRights.of(clients, columns);
    if (lacking.isEmpty()) {
      return List.of();
    }
    String text = refused(lacking, "clients", access);
    String ddl = grant(lacking, clients, access);
    return List.of(
        lacking.has("select")
            ? SchemaProblem.fatal(text, ddl)
            : SchemaProblem.warning(text + ": needed to add or change clients", ddl));
  }

  /** Whoever is to sign in has to be read. */
  static List<SchemaProblem> readers(
      TableShape users, String place, List<String> columns, Access access) {
    LackingRights lacking = LackingRights.of(users, columns).without("update").without("insert");
    return warnings(lacking, users, place, access);
  }

  /** The service reads {@code users}; what adds a user writes it too. */
  static List<SchemaProblem> users(
      TableShape users, String place, List<String> columns, Access access) {
    return warnings(LackingRights.of(users, columns).without("update"), users, place, access);
  }

  private static List<SchemaProblem> warnings(
      LackingRights lacking, TableShape users, String place, Access access) {
    return lacking.isEmpty()
        ? List.of()
        : List.of(
            SchemaProblem.warning(refused(lacking, place, access), grant(lacking, users, access)));
  }

  /** A table that is not there: the migrations make it, once, if they may. */
  static List<SchemaProblem> missing(String table, boolean shadowed, Access access) {
    String schema = access.portalSchema();
    if (schema == null) {
      return List.of(
          SchemaProblem.fatal(
              "the search_path (%s) names no schema that exists".formatted(access.searchPath()),
              ""));
    }
    if (shadowed) {
      return List.of(
          SchemaProblem.fatal(
              "the table %s stands in the engine's own schema, which is not searched for it"
                  .formatted(table),
              "alter table reconciler.%s set schema %s".formatted(table, schema)));
    }
    if (access.migrated()) {
      return List.of(
          SchemaProblem.fatal(
              "no table %s in the schema %s, although the engine's own tables are here; bring it back"
                  .formatted(table, schema),
              ""));
    }
    return access.mayMakeTables()
        ? List.of()
        : List.of(
            SchemaProblem.fatal(
                "%s may not make the missing table %s".formatted(access.username(), table),
                "grant create on schema %s to %s".formatted(schema, access.username())));
  }

  /** The engine's own schema. */
  static List<SchemaProblem> engine(Access access) {
    if (!access.mayUse()) {
      return List.of(
          SchemaProblem.fatal(
              "%s may not read and write the engine's tables in the schema reconciler"
                  .formatted(access.username()),
              ""));
    }
    if (access.migrated() || access.mayMakeSchema()) {
      return List.of();
    }
    return List.of(
        SchemaProblem.fatal(
            "%s may not make the engine's schema reconciler".formatted(access.username()),
            "grant create on database %s to %s".formatted(access.database(), access.username())));
  }

  private static String refused(LackingRights rights, String table, Access access) {
    return "%s may not %s".formatted(access.username(), rights.said(table));
  }

  private static String grant(LackingRights rights, TableShape table, Access access) {
    return "grant %s on %s to %s".formatted(rights.granted(), table.place(), access.username());
  }
}
