package io.reconciler.program.init;

import io.reconciler.program.init.ExistingTables.Table;
import io.reconciler.side.airtable.TableSchema;
import io.reconciler.side.airtable.TableSchema.Field;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.PgType;
import io.reconciler.side.mapping.PostgresTable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is settled of a table before its fields are: links need to know it of their targets.
 *
 * @param source the table in Airtable
 * @param name the mapping's name
 * @param existing the table in PostgreSQL; null when it is to be made
 * @param postgres the columns of the engine's own in it
 * @param keyType the type of its key
 * @param base the base that it belongs to; null when its rows name their client
 * @param lastModified the field with the modification time; null when it has none that will do
 * @param hints the mapping that comes with the program, where the table is the one it is for
 */
record Frame(
    TableSchema source,
    String name,
    @Nullable Table existing,
    PostgresTable postgres,
    PgType keyType,
    @Nullable String base,
    @Nullable Field lastModified,
    @Nullable Mapping hints) {

  /** How a mapping names one of the table's fields: by its name, unless only the id is clear. */
  String reference(Field field) {
    List<Field> namesakes =
        source.fields().stream().filter(other -> other.name().equals(field.name())).toList();
    return namesakes.size() > 1 ? field.id() : References.of(field.name(), field.id());
  }

  /** How messages call one of its fields. */
  String described(Field field) {
    return source.name() + "." + field.name();
  }

  boolean isNew() {
    return existing == null;
  }
}
