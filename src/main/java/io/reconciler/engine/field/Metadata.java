package io.reconciler.engine.field;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.side.airtable.TableSchema;
import io.reconciler.side.airtable.TableSchema.Field;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A table as a base's metadata shows it. Pure. */
record Metadata(String id, String name, List<Field> fields) {

  private static final Pattern ID = Pattern.compile("(tbl|fld)[A-Za-z0-9]{14}");

  /** Whether the text has the form of a table's or field's id. */
  static boolean isId(String reference) {
    return ID.matcher(reference).matches();
  }

  /** The table of this kept id, else of this id or name; null when there is none. */
  static @Nullable Metadata of(JsonNode schema, String reference, @Nullable String keptId) {
    TableSchema table = find(TableSchema.read(schema).orElse(List.of()), reference, keptId);
    if (table == null) {
      return null;
    }
    return new Metadata(table.id(), table.name(), table.fields());
  }

  /** The field of this kept id, else of this id or name: a renamed field stays the same. */
  Optional<Field> field(String reference, @Nullable String keptId) {
    return first(field -> field.id().equals(keptId))
        .or(() -> first(field -> field.id().equals(reference)))
        .or(() -> first(field -> field.name().equals(reference)));
  }

  /** The names of the fields that have none of these ids. */
  List<String> namesWithout(Set<String> ids) {
    return fields.stream().filter(field -> !ids.contains(field.id())).map(Field::name).toList();
  }

  private Optional<Field> first(Predicate<Field> which) {
    return fields.stream().filter(which).findFirst();
  }

  /** The table of this kept id, else of this id or name; null when there is none. */
  static @Nullable TableSchema find(
      List<TableSchema> tables, String reference, @Nullable String keptId) {
    return first(tables, table -> table.id().equals(keptId))
        .or(() -> first(tables, table -> table.id().equals(reference)))
        .or(() -> first(tables, table -> table.name().equals(reference)))
        .orElse(null);
  }

  private static Optional<TableSchema> first(
      List<TableSchema> tables, Predicate<TableSchema> which) {
    return tables.stream().filter(which).findFirst();
  }
}
