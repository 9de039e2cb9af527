package io.reconciler.init;

import io.reconciler.airtable.TableSchema.Field;
import io.reconciler.init.Catalog.Column;
import org.jspecify.annotations.Nullable;

/** What a comment says of a field. */
final class Reasons {

  private Reasons() {}

  static String unfit(Field field, Column column) {
    if (!PlainNames.isPlain(column.name())) {
      return "the column \"" + column.name() + "\" needs quotes in SQL; give it a plain name";
    }
    if (!column.settable()) {
      return "PostgreSQL fills the column " + column.name() + " itself";
    }
    return "a %s does not go into the column %s, which is %s"
        .formatted(field.described(), column.name(), column.described());
  }

  static String link(Field field, @Nullable Frame target) {
    if (target == null) {
      return "the ids of the records, because the table that it links to has no mapping here";
    }
    return LinkColumns.isSingle(field) ? "" : "several records: their keys, in Airtable's order";
  }
}
