package io.reconciler.program.init;

import io.reconciler.program.init.ExistingTables.Column;
import io.reconciler.program.init.ExistingTables.Table;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.PgType;
import io.reconciler.side.mapping.PgType.Base;
import io.reconciler.side.mapping.PostgresTable;
import io.reconciler.side.postgres.rules.CountedKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The statements that PostgreSQL lacks for a mapping; its names need no quotes. Pure. */
final class TableDdl {

  private static final Set<Base> COUNTED = Set.of(Base.SMALLINT, Base.INTEGER, Base.BIGINT);

  private final Mapping mapping;
  private final PostgresTable postgres;
  private final @Nullable Table existing;

  private final String place;

  /** Of a table that stands, or is to stand, at this place. */
  TableDdl(Mapping mapping, @Nullable Table existing, String place) {
    this.mapping = mapping;
    this.place = place;
    this.postgres = mapping.postgres();
    this.existing = existing;
  }

  /** What must be run before the first sync. */
  List<String> missing() {
    return existing == null ? created() : altered(existing);
  }

  private List<String> created() {
    List<String> lines = new ArrayList<>();
    lines.add(postgres.key() + " uuid primary key");
    optional(postgres.client()).ifPresent(client -> lines.add(client + " uuid not null"));
    lines.add(postgres.recordId() + " text not null");
    mapping.fields().forEach(field -> lines.add(definition(field)));
    for (Optional<String> time :
        List.of(optional(postgres.createdAt()), optional(postgres.updatedAt()))) {
      time.ifPresent(column -> lines.add(column + " timestamptz not null"));
    }
    lines.add("unique (" + identity() + ")");
    List<String> statements = new ArrayList<>();
    statements.add("create table " + place + " (\n  " + String.join(",\n  ", lines) + "\n)");
    optional(postgres.updatedAt())
        .ifPresent(column -> statements.add("create index on " + place + " (" + column + ")"));
    return statements;
  }

  private String identity() {
    return String.join(", ", identifying());
  }

  /** The table of the program's own mapping is told apart by record ids alone, as ever. */
  private List<String> identifying() {
    String client = postgres.client();
    return client == null || mapping.name().equals(Mapping.LEADS)
        ? List.of(postgres.recordId())
        : List.of(client, postgres.recordId());
  }

  private List<String> altered(Table table) {
    List<String> statements = new ArrayList<>();
    if (table.column(postgres.key()).isEmpty()) {
      statements.add(add(postgres.key() + " uuid not null unique default gen_random_uuid()"));
    }
    table
        .column(postgres.key())
        .filter(TableDdl::isCounted)
        .ifPresent(
            key -> statements.add(CountedKeys.statement(place, postgres.key(), key.notNull())));
    if (table.column(postgres.recordId()).isEmpty()) {
      statements.add(add(postgres.recordId() + " text"));
    }
    for (FieldMapping field : mapping.fields()) {
      if (table.column(field.column()).isEmpty()) {
        statements.add(add(definition(field)));
      }
    }
    String updated = postgres.updatedAt();
    if (updated != null && table.column(updated).isEmpty()) {
      statements.add(add(updated + " timestamptz not null default now()"));
    }
    if (!isIdentified(table)) {
      statements.add("create unique index on " + place + " (" + identity() + ")");
    }
    return statements;
  }

  /** Whether it is a whole number that nothing counts yet. */
  static boolean isCounted(Column key) {
    Optional<PgType> type = key.filled() ? Optional.empty() : key.type();
    return type.map(PgType::base).filter(COUNTED::contains).isPresent();
  }

  private boolean isIdentified(Table table) {
    return table.isUnique(postgres.recordId())
        || table.isUnique(identifying().toArray(String[]::new));
  }

  private String add(String column) {
    return "alter table " + place + " add column " + column;
  }

  /** The column as DDL writes it. */
  static String definition(FieldMapping field) {
    Object value = field.defaultValue();
    boolean flag = field.notNull() && field.type().base() == PgType.Base.BOOLEAN;
    String whenEmpty = value != null ? " default " + literal(value) : flag ? " default false" : "";
    return field.column()
        + " "
        + field.type().sql()
        + (field.notNull() ? " not null" : "")
        + whenEmpty;
  }

  private static String literal(Object value) {
    if (value instanceof Boolean || value instanceof Number) {
      return value.toString();
    }
    if (value instanceof List<?> list) {
      String elements =
          list.stream().map(element -> literal(element)).collect(Collectors.joining(", "));
      return "array[" + elements + "]::text[]";
    }
    return "'" + value.toString().replace("'", "''") + "'";
  }

  /** Statements that keep links whole, for those who want PostgreSQL to. */
  List<String> foreignKeys(Map<String, Target> targets) {
    List<String> statements = new ArrayList<>();
    for (FieldMapping field : mapping.fields()) {
      Target target = targets.get(field.conversion().to());
      if (target != null && !field.type().base().isArray() && isAdded(field)) {
        statements.add(
            "alter table %s add foreign key (%s) references %s (%s) on delete set null"
                .formatted(place, field.column(), target.place(), target.key()));
      }
    }
    return statements;
  }

  /** What a link points at: a table's place, and its key. */
  record Target(String place, String key) {}

  private boolean isAdded(FieldMapping field) {
    return existing == null || existing.column(field.column()).isEmpty();
  }

  private static Optional<String> optional(@Nullable String column) {
    return Optional.ofNullable(column);
  }
}
