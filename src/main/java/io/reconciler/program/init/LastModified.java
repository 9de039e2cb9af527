package io.reconciler.program.init;

import io.reconciler.side.airtable.TableSchema;
import io.reconciler.side.airtable.TableSchema.Field;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Finds the field that tells of every edit of a record, to the second. Pure. */
final class LastModified {

  private LastModified() {}

  static Optional<Field> of(TableSchema source) {
    Set<String> editable = new HashSet<>();
    source.fields().stream().filter(f -> !f.isComputed()).forEach(f -> editable.add(f.id()));
    return source.fields().stream()
        .filter(field -> field.type().equals("lastModifiedTime") && !field.isBroken())
        .filter(field -> Content.of(field) == Content.MOMENT)
        .filter(field -> watchesAll(field, editable))
        .findFirst();
  }

  private static boolean watchesAll(Field field, Set<String> editable) {
    Set<String> watched = new HashSet<>();
    field.options().path("referencedFieldIds").forEach(id -> watched.add(id.asText()));
    return watched.isEmpty() || watched.containsAll(editable);
  }
}
