package io.reconciler.program.init;

import io.reconciler.program.init.ExistingTables.Column;
import io.reconciler.program.init.ExistingTables.Table;
import io.reconciler.side.airtable.TableSchema;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.PgType;
import io.reconciler.side.mapping.PgType.Base;
import io.reconciler.side.mapping.PostgresTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds the PostgreSQL table of each Airtable table, or a name for a new one. Pure. */
final class Frames {

  private static final String RECORD_ID = "airtable_record_id";
  private static final List<String> RECORD_IDS =
      List.of(RECORD_ID, "airtable_id", "airtable_record", "record_id");
  private static final PgType UUID = new PgType(Base.UUID, 0);

  private final InitRequest request;
  private final ExistingTables catalog;
  private final PlainNames names;
  private final Set<String> given = new HashSet<>();
  private final List<LeftOutTable> leftOut = new ArrayList<>();

  Frames(InitRequest request, ExistingTables catalog) {
    this.request = request;
    this.catalog = catalog;
    this.names = new PlainNames(request.keptTables());
  }

  /** One for each table, in their order, but for those that are left out. */
  List<Frame> of(List<TableSchema> sources) {
    SortedMap<Integer, Frame> frames = new TreeMap<>();
    SortedMap<Integer, TableSchema> fresh = new TreeMap<>();
    for (Mapping kept : request.kept()) {
      names.take(kept.name());
      given.add(kept.postgres().table());
    }
    for (int place = 1; place <= sources.size(); place++) {
      TableSchema source = sources.get(place - 1);
      Optional<Mapping> kept = request.keptMapping(source);
      Optional<Table> table = kept.isPresent() ? Optional.empty() : existing(source);
      if (kept.isPresent()) {
        frames.put(place, kept(source, kept.get()));
      } else if (table.isPresent()) {
        Optional<Frame> found = there(source, table.get());
        if (found.isPresent()) {
          frames.put(place, found.get());
        }
      } else {
        fresh.put(place, source);
      }
    }
    // Last, so that none takes the name of a table that is there.
    fresh.forEach((place, source) -> frames.put(place, made(source, hints(source), place)));
    return List.copyOf(frames.values());
  }

  /** The tables for which what is there will not do. */
  List<LeftOutTable> leftOut() {
    return List.copyOf(leftOut);
  }

  private Optional<Frame> without(TableSchema source, String reason) {
    leftOut.add(new LeftOutTable(source, reason));
    return Optional.empty();
  }

  private @Nullable Mapping hints(TableSchema source) {
    return request.isBuiltIn(source) ? request.builtIn() : null;
  }

  private Optional<Table> existing(TableSchema source) {
    Mapping hints = hints(source);
    return existing(hints == null ? source.name() : hints.postgres().table());
  }

  private Optional<Frame> there(TableSchema source, Table table) {
    if (!table.isPlain()) {
      return without(
          source,
          "the table \"%s\".\"%s\" needs quotes in SQL, which the reconciler does not write; rename it"
              .formatted(table.schema(), table.name()));
    }
    return found(source, hints(source), table);
  }

  private Frame kept(TableSchema source, Mapping mapping) {
    Table table = catalog.named(mapping.postgres().table()).orElse(null);
    PgType key =
        Optional.ofNullable(table)
            .flatMap(found -> found.column(mapping.postgres().key()))
            .flatMap(Column::type)
            .orElse(UUID);
    return new Frame(
        source,
        mapping.name(),
        table,
        mapping.postgres(),
        key,
        mapping.base(),
        source.field(mapping.lastModifiedField()).orElse(null),
        null);
  }

  /** A table of the same name, but for case and signs; none that another has taken. */
  private Optional<Table> existing(String name) {
    String folded = PlainNames.folded(name);
    String plain = PlainNames.plain(name);
    List<Table> alike =
        catalog.tables().stream()
            .filter(table -> !folded.isEmpty() && PlainNames.folded(table.name()).equals(folded))
            .filter(table -> !request.keptTables().contains(table.name()))
            .filter(table -> !given.contains(table.reference()))
            .toList();
    Optional<Table> exact = alike.stream().filter(table -> table.name().equals(plain)).findFirst();
    Optional<Table> found = exact.or(() -> alike.stream().findFirst());
    found.ifPresent(table -> given.add(table.reference()));
    return found;
  }

  private Frame made(TableSchema source, @Nullable Mapping hints, int place) {
    catalog.names().forEach(names::take);
    String name =
        hints == null ? names.give(source.name(), "table_" + place) : hints.postgres().table();
    return new Frame(
        source,
        name,
        null,
        PostgresTable.usual(name),
        UUID,
        null,
        LastModified.of(source).orElse(null),
        hints);
  }

  private Optional<Frame> found(TableSchema source, @Nullable Mapping hints, Table table) {
    Optional<Column> key = key(table);
    if (key.isEmpty() && table.column("id").isPresent()) {
      return without(
          source,
          "the table %s has no column alone that names a row; make one unique and not null"
              .formatted(table.reference()));
    }
    String name = hints == null ? mappingName(table) : hints.name();
    PostgresTable postgres = postgres(table, key.map(Column::name).orElse("id"), source);
    if (table.parted() && (key.isEmpty() || !isIdentified(table, postgres))) {
      return without(
          source,
          "the table %s is partitioned, and PostgreSQL keeps no unique index on %s over all of its parts"
              .formatted(table.reference(), postgres.recordId()));
    }
    return Optional.of(
        new Frame(
            source,
            name,
            table,
            postgres,
            key.flatMap(Column::type).orElse(UUID),
            postgres.client() == null ? request.baseId() : null,
            LastModified.of(source).orElse(null),
            hints));
  }

  private static boolean isIdentified(Table table, PostgresTable postgres) {
    String client = postgres.client();
    return table.isUnique(postgres.recordId())
        || (client != null && table.isUnique(client, postgres.recordId()));
  }

  private String mappingName(Table table) {
    return names.give(table.name(), table.name());
  }

  private static Optional<Column> key(Table table) {
    return table.uniques().stream()
        .filter(index -> index.size() == 1)
        .flatMap(index -> table.column(index.get(0)).stream())
        .filter(column -> column.notNull() && PlainNames.isPlain(column.name()))
        .filter(column -> !RECORD_IDS.contains(column.name()))
        .filter(column -> column.type().filter(LinkColumns::isKey).isPresent())
        .findFirst();
  }

  private PostgresTable postgres(Table table, String key, TableSchema source) {
    boolean portal = source.fields().stream().anyMatch(f -> request.portal().contains(f.id()));
    String updated = column(table, "updated_at", Base.TIMESTAMPTZ);
    boolean needed = portal || request.isBuiltIn(source);
    return new PostgresTable(
        table.reference(),
        key,
        recordId(table, key),
        column(table, "client_id", Base.UUID),
        column(table, "created_at", Base.TIMESTAMPTZ),
        updated == null && needed ? "updated_at" : updated);
  }

  private static String recordId(Table table, String key) {
    return RECORD_IDS.stream()
        .filter(name -> !name.equals(key))
        .filter(
            name -> table.column(name).flatMap(Column::type).filter(ColumnFit::isText).isPresent())
        .findFirst()
        .orElse(RECORD_ID);
  }

  private static @Nullable String column(Table table, String name, Base base) {
    return table
        .column(name)
        .filter(Column::settable)
        .flatMap(Column::type)
        .filter(type -> type.base() == base)
        .map(type -> name)
        .orElse(null);
  }
}
