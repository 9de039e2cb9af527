package io.reconciler.side.postgres.rules;

import io.reconciler.settings.UsersTable;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.MappingSet;
import io.reconciler.side.postgres.rules.Catalog.Access;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The portal's tables {@code leads}, {@code clients} and {@code users} as they stand, held against
 * what the engine needs of them.
 */
public final class LeadsTable {

  private static final String LEADS = "leads";
  private static final String CLIENTS = "clients";
  private static final String USERS = "users";
  private final Catalog catalog;
  private final @Nullable Mapping mapping;
  private final MappingSet mappings;
  private final UsersTable users;

  /** What was read of each table since the last question began, so that it is read once. */
  private final Map<String, Optional<TableShape>> read = new ConcurrentHashMap<>();

  /** The tables of this database, for the columns of this mapping. */
  public LeadsTable(DataSource database, Mapping mapping) {
    this(database, MappingSet.of(mapping), UsersTable.PORTALS);
  }

  /** The same, with users at another place. */
  public LeadsTable(DataSource database, MappingSet mappings, UsersTable users) {
    this.users = users;
    this.catalog = new Catalog(database);
    this.mapping = mappings.leads().orElse(null);
    this.mappings = mappings;
  }

  /**
   * What is wrong, the fatal first; a table that the first run will make is no problem. Reads only
   * the catalog.
   *
   * @throws org.springframework.dao.DataAccessException when the database can't be asked
   */
  public List<SchemaProblem> problems() {
    read.clear();
    Access access = catalog.access();
    List<SchemaProblem> problems = new ArrayList<>(obstacles(access));
    Mapping leads = mapping;
    Enums enums = catalog.enums();
    if (leads != null) {
      table(LEADS)
          .ifPresent(table -> problems.addAll(new LeadRules(leads, enums).check(table, access)));
    }
    for (Mapping other : mappings.inOrder()) {
      if (!other.equals(leads)) {
        problems.addAll(
            new MappedTableRules(other, enums, catalog::tableNames)
                .check(mapped(other.postgres().table()), access));
      }
    }
    table(CLIENTS).ifPresent(table -> problems.addAll(ClientRules.clients(table, access)));
    users().ifPresent(table -> problems.addAll(UserRules.users(table, users, access)));
    return problems.stream()
        .distinct()
        .sorted((a, b) -> Boolean.compare(b.fatal(), a.fatal()))
        .toList();
  }

  /**
   * What keeps everybody from signing in at the moment, however long that may have been so.
   *
   * @throws org.springframework.dao.DataAccessException when the database can't be asked
   */
  public List<SchemaProblem> signIn() {
    read.clear();
    Access access = catalog.access();
    return users()
        .map(table -> UserRules.keepOut(table, users, access))
        .orElseGet(
            () ->
                users.equals(UsersTable.PORTALS)
                    ? AccessRules.missing(USERS, catalog.isShadowed(USERS), access)
                    : List.of(UserRules.gone(users, access)));
  }

  /** What keeps the engine from making what is missing, its own tables included. */
  public List<SchemaProblem> obstacles() {
    read.clear();
    return obstacles(catalog.access());
  }

  private List<SchemaProblem> obstacles(Access access) {
    List<SchemaProblem> problems = new ArrayList<>();
    boolean portals = users.equals(UsersTable.PORTALS);
    List<String> own = new ArrayList<>(List.of(CLIENTS));
    if (mapping != null) {
      own.add(0, LEADS);
    }
    if (portals) {
      own.add(USERS);
    }
    for (String table : own) {
      if (table(table).isEmpty()) {
        problems.addAll(AccessRules.missing(table, catalog.isShadowed(table), access));
      }
    }
    if (!portals && users().isEmpty()) {
      catalog.obstacle(users).ifPresent(ddl -> problems.add(UserRules.missing(users, ddl, access)));
    }
    problems.addAll(AccessRules.engine(access));
    return problems.stream().distinct().toList();
  }

  private Optional<TableShape> table(String name) {
    return read.computeIfAbsent("own " + name, key -> catalog.table(name));
  }

  private Optional<TableShape> mapped(String name) {
    return read.computeIfAbsent("mapped " + name, key -> catalog.mapped(name));
  }

  private Optional<TableShape> users() {
    return users.schema() == null
        ? table(users.name())
        : read.computeIfAbsent("users", key -> catalog.table(users));
  }

  /** Whether there is a table of leads yet. */
  public boolean exists() {
    return catalog.table(LEADS).isPresent();
  }

  /** What is said of a table whose records name no row, as {@code check} does. */
  public static String unnamed(Mapping mapping) {
    return IndexRules.none(mapping.postgres())
        + ": run `reconciler check`, which says what puts it right";
  }
}
