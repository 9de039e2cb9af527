package io.reconciler.side.postgres;

import io.reconciler.settings.UsersTable;
import io.reconciler.side.mapping.Converted;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.MappingSet;
import io.reconciler.side.mapping.PgType;
import io.reconciler.side.mapping.PgType.Base;
import io.reconciler.side.postgres.Catalog.Access;
import io.reconciler.side.postgres.ColumnRules.Expected;
import io.reconciler.side.postgres.TableShape.Column;
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
  private static final PgType UUID = new PgType(Base.UUID, 0);
  private static final PgType TIME = new PgType(Base.TIMESTAMPTZ, 0);
  private static final PgType TEXT = new PgType(Base.VARCHAR, 255);
  private static final PgType FLAG = new PgType(Base.BOOLEAN, 0);
  private static final int AIRTABLE_ID = 17;

  private static final Expected ID =
      expected("id", UUID, 0, " not null", " default gen_random_uuid()");
  private static final List<Expected> IDENTITY =
      List.of(
          ID,
          expected("client_id", UUID, 0, "", ""),
          expected("airtable_record_id", TEXT, AIRTABLE_ID, "", ""),
          expected("created_at", TIME, 0, " not null", " default now()"),
          expected("updated_at", TIME, 0, " not null", " default now()"));
  private static final List<Expected> CLIENT =
      List.of(
          ID,
          expected("company_name", TEXT, 1, " not null", " default ''"),
          expected("email", TEXT, 1, " not null", " default ''"),
          expected("airtable_base_id", TEXT, AIRTABLE_ID, "", ""),
          expected("is_active", FLAG, 0, " not null", " default true"));

  private final Catalog catalog;
  private final @Nullable Mapping mapping;
  private final MappingSet mappings;
  private final UsersTable users;
  private final ColumnRules leadsColumns = new ColumnRules(LEADS);

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
      table(LEADS).ifPresent(table -> problems.addAll(leads(table, leads, enums, access)));
    }
    for (Mapping other : mappings.inOrder()) {
      if (!other.equals(leads)) {
        problems.addAll(
            new MappedTableRules(other, enums, catalog::tableNames)
                .check(mapped(other.postgres().table()), access));
      }
    }
    table(CLIENTS).ifPresent(table -> problems.addAll(clients(table, access)));
    users().ifPresent(table -> problems.addAll(UserRules.users(table, users, access)));
    return problems.stream()
        .distinct()
        .sorted((a, b) -> Boolean.compare(b.fatal(), a.fatal()))
        .toList();
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

  /**
   * The mappings with the types that the columns have, where texts must be cast to those: as they
   * were when it was asked for problems, if it was.
   */
  public MappingSet fitted() {
    return new MappingSet(mappings.inOrder().stream().map(this::fitted).toList());
  }

  private Mapping fitted(Mapping other) {
    String name = other.postgres().table();
    Optional<TableShape> found = name.equals(LEADS) ? table(LEADS) : mapped(name);
    return found.map(table -> other.withFields(field -> fitted(field, table))).orElse(other);
  }

  private static FieldMapping fitted(FieldMapping field, TableShape table) {
    Column column = table.columns().get(field.column());
    return column != null && ColumnRules.isLabelled(field.type(), column)
        ? field.withType(
            column.list() ? PgType.ofEnums(column.enumName()) : PgType.ofEnum(column.enumName()))
        : field;
  }

  /** Whether there is a table of leads yet. */
  public boolean exists() {
    return catalog.table(LEADS).isPresent();
  }

  private List<SchemaProblem> leads(TableShape table, Mapping mapping, Enums enums, Access access) {
    if (!table.isTable()) {
      return List.of(
          SchemaProblem.fatal(
              "leads is " + table.kindName() + "; the upserts need a table of that name", ""));
    }
    List<SchemaProblem> problems = new ArrayList<>();
    List<String> known = known(mapping);
    IDENTITY.forEach(
        column -> problems.addAll(column(column, table.columns().get(column.column()))));
    MappedColumns mapped = new MappedColumns(mapping, leadsColumns, enums);
    mapping.fields().forEach(field -> problems.addAll(mapped.check(field, table)));
    mapping.fields().forEach(field -> problems.addAll(nulls(field, table)));
    table.columns().values().stream()
        .filter(column -> !known.contains(column.name()) && column.mustBeGiven())
        .forEach(column -> problems.add(unmapped(column)));
    problems.addAll(IndexRules.leads(table));
    problems.addAll(AccessRules.leads(table, known, access));
    problems.addAll(RefusalRules.leads(table, mapping, access));
    problems.addAll(PolicyRules.table(table, LEADS, access));
    problems.addAll(surprises(table));
    return problems;
  }

  private List<SchemaProblem> column(Expected expected, @Nullable Column column) {
    return column != null && expected.equals(ID)
        ? KeyRules.leads(column)
        : leadsColumns.check(expected, column);
  }

  private static List<String> known(Mapping mapping) {
    List<String> known = new ArrayList<>();
    IDENTITY.forEach(column -> known.add(column.column()));
    mapping.fields().forEach(field -> known.add(field.column()));
    return known;
  }

  /** The engine writes every column of a row, nulls too: a column's own default does not help. */
  private List<SchemaProblem> nulls(FieldMapping field, TableShape table) {
    Column column = table.columns().get(field.column());
    if (column == null || !column.notNull() || field.notNull()) {
      return List.of();
    }
    String ddl = leadsColumns.alterColumn(column, "drop not null");
    boolean emptyIsNull =
        field.convert(null) instanceof Converted.Value empty && empty.value() == null;
    return List.of(
        emptyIsNull
            ? SchemaProblem.fatal(
                "leads.%s is NOT NULL, but an empty cell is null in the mapping"
                    .formatted(field.column()),
                ddl)
            : SchemaProblem.warning(
                "leads.%s is NOT NULL: a new record whose cell can't be converted is held back"
                    .formatted(field.column()),
                ddl));
  }

  private SchemaProblem unmapped(Column column) {
    return SchemaProblem.fatal(
        "leads.%s is NOT NULL without a default and not mapped: no lead can be inserted; map it,"
                .formatted(column.name())
            + " give it a default, or let it be null",
        leadsColumns.alterColumn(column, "drop not null"));
  }

  private static List<SchemaProblem> surprises(TableShape table) {
    List<SchemaProblem> problems = new ArrayList<>();
    table
        .updateTriggers()
        .forEach(
            trigger ->
                problems.add(
                    SchemaProblem.warning(
                        "the trigger %s fires on UPDATE of leads: if it moves updated_at, what is"
                                .formatted(trigger)
                            + " pulled looks like an edit of the portal",
                        "")));
    return problems;
  }

  private static List<SchemaProblem> clients(TableShape table, Access access) {
    ColumnRules rules = new ColumnRules(CLIENTS);
    List<String> known = CLIENT.stream().map(Expected::column).toList();
    List<SchemaProblem> problems = new ArrayList<>();
    CLIENT.forEach(
        column -> problems.addAll(rules.check(column, table.columns().get(column.column()))));
    problems.addAll(AccessRules.clients(table, known, access));
    problems.addAll(PolicyRules.clients(table, access));
    problems.addAll(IndexRules.clients(table));
    problems.addAll(unfilled(table, known, rules));
    return problems;
  }

  private static List<SchemaProblem> unfilled(
      TableShape clients, List<String> known, ColumnRules rules) {
    return clients.columns().values().stream()
        .filter(column -> !known.contains(column.name()) && column.mustBeGiven())
        .map(
            column ->
                SchemaProblem.warning(
                    "clients.%s is NOT NULL without a default: client add can't fill it"
                        .formatted(column.name()),
                    rules.alterColumn(column, "drop not null")))
        .toList();
  }

  private static Expected expected(
      String column, PgType type, int length, String notNull, String defaultClause) {
    return new Expected(
        column, type, length, column + " " + type.sql() + defaultClause + notNull, defaultClause);
  }
}
