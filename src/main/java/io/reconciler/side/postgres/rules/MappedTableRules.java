package io.reconciler.side.postgres.rules;

import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.PostgresTable;
import io.reconciler.side.postgres.rules.Catalog.Access;
import io.reconciler.side.postgres.rules.TableShape.Column;
import io.reconciler.side.postgres.rules.TableShape.Index;
import io.reconciler.text.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Says whether a table is what its mapping says of it; it is made by its owner, never by us. */
final class MappedTableRules {

  private static final String TIME = "timestamptz";
  private static final Set<String> TEXTS = Set.of("text", "varchar", "citext", "bpchar");

  private final Mapping mapping;
  private final PostgresTable postgres;
  private final Enums enums;
  private final Supplier<List<String>> tables;

  /** With the enums that there are, and the tables, asked for when one is missed. */
  MappedTableRules(Mapping mapping, Enums enums, Supplier<List<String>> tables) {
    this.mapping = mapping;
    this.tables = tables;
    this.postgres = mapping.postgres();
    this.enums = enums;
  }

  List<SchemaProblem> check(Optional<TableShape> found, Access access) {
    if (found.isEmpty() || !found.get().isTable()) {
      String what =
          found
              .map(shape -> "is " + shape.kindName())
              .orElseGet(
                  () ->
                      "is not there, or not to be seen"
                          + Nearest.hint(postgres.table(), tables.get()));
      return List.of(
          SchemaProblem.fatal(
              mapping.places().ofPostgres("table")
                  + "the table %s of the mapping %s %s: `reconciler init` writes the DDL of tables; or correct"
                      .formatted(postgres.table(), mapping.name(), what)
                  + " \"table\" under \"postgres\" in its file",
              ""));
    }
    TableShape table = found.get();
    ColumnRules columns = new ColumnRules(postgres.table(), table.place());
    MappedColumns mapped = new MappedColumns(mapping, columns, enums);
    List<SchemaProblem> problems = new ArrayList<>();
    own(table, columns, mapped, problems);
    for (FieldMapping field : mapping.fields()) {
      problems.addAll(mapped.check(field, table));
      problems.addAll(NullRules.mapped(field, mapping, table, columns));
    }
    unique(table, problems);
    key(table, problems);
    unmapped(table, columns, problems);
    problems.addAll(AccessRules.table(table, postgres.table(), mapping.columns(), access));
    problems.addAll(RefusalRules.sequences(table, "rows of " + postgres.table(), access));
    problems.addAll(PolicyRules.table(table, postgres.table(), access));
    problems.addAll(TriggerRules.table(table, postgres.table(), postgres.updatedAt()));
    return problems;
  }

  private void own(
      TableShape table, ColumnRules columns, MappedColumns mapped, List<SchemaProblem> problems) {
    named("key", postgres.key(), table, mapped, problems);
    named("record_id", postgres.recordId(), table, mapped, problems);
    named("client", postgres.client(), table, mapped, problems);
    named("created_at", postgres.createdAt(), table, mapped, problems);
    named("updated_at", postgres.updatedAt(), table, mapped, problems);
    Column record = table.columns().get(postgres.recordId());
    if (record != null && !TEXTS.contains(record.type())) {
      problems.add(
          SchemaProblem.fatal(
              "%s.%s is %s; a record's id is a text"
                  .formatted(postgres.table(), record.name(), record.described()),
              ""));
    }
    typed(table, postgres.client(), "uuid", this::notAClient).ifPresent(problems::add);
    typed(table, postgres.createdAt(), TIME, columns::notATime).ifPresent(problems::add);
    typed(table, postgres.updatedAt(), TIME, columns::notATime).ifPresent(problems::add);
  }

  private void named(
      String key,
      @Nullable String name,
      TableShape table,
      MappedColumns mapped,
      List<SchemaProblem> problems) {
    if (name != null && !table.columns().containsKey(name)) {
      problems.add(
          SchemaProblem.fatal(
              mapping.places().ofPostgres(key)
                  + "%s has no column %s, which the mapping %s names as \"%s\" under \"postgres\"%s"
                      .formatted(
                          postgres.table(), name, mapping.name(), key, mapped.near(name, table)),
              ""));
    }
  }

  private static Optional<SchemaProblem> typed(
      TableShape table, @Nullable String name, String type, Function<Column, SchemaProblem> not) {
    return Optional.ofNullable(name)
        .map(table.columns()::get)
        .filter(column -> !column.type().equals(type))
        .map(not);
  }

  private SchemaProblem notAClient(Column column) {
    return SchemaProblem.fatal(
        "%s.%s is %s; it must be uuid"
            .formatted(postgres.table(), column.name(), column.described()),
        "");
  }

  private void unique(TableShape table, List<SchemaProblem> problems) {
    if (table.indexes().stream().noneMatch(this::names)) {
      problems.add(IndexRules.mapped(table, postgres));
    }
  }

  private boolean names(Index index) {
    String client = postgres.client();
    boolean alone = index.keys() == 1 && postgres.recordId().equals(index.firstKey());
    boolean together =
        index.keys() == 2
            && client != null
            && Set.of(client, postgres.recordId())
                .equals(
                    new LinkedHashSet<>(
                        List.of(
                            String.valueOf(index.firstKey()), String.valueOf(index.secondKey()))));
    return index.isUnique() && (alone || together);
  }

  private void key(TableShape table, List<SchemaProblem> problems) {
    Column key = table.columns().get(postgres.key());
    if (key != null) {
      problems.addAll(KeyRules.of(postgres.table(), table.place(), key, "row"));
    }
  }

  private void unmapped(TableShape table, ColumnRules columns, List<SchemaProblem> problems) {
    table.columns().values().stream()
        .filter(column -> !mapping.columns().contains(column.name()) && column.mustBeGiven())
        .forEach(column -> problems.add(unmapped(column, table, columns)));
  }

  private SchemaProblem unmapped(Column column, TableShape table, ColumnRules columns) {
    String ddl = columns.alterColumn(column, "drop not null");
    String text =
        "%s.%s is NOT NULL without a default and not mapped: %sno row can be inserted"
            .formatted(
                postgres.table(),
                column.name(),
                table.mayFill() ? "unless a trigger fills it, " : "");
    return table.mayFill() ? SchemaProblem.warning(text, ddl) : SchemaProblem.fatal(text, ddl);
  }
}
