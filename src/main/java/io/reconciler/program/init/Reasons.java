package io.reconciler.program.init;

import io.reconciler.program.init.ExistingTables.Column;
import io.reconciler.side.airtable.TableSchema.Field;
import io.reconciler.side.mapping.PgType;
import io.reconciler.side.mapping.PgType.Base;
import java.util.ArrayList;
import java.util.List;
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

  static String unlinked(Column column) {
    return "the column %s is %s, and takes the key of a row only if the table that it links to has a mapping with such a key"
        .formatted(column.name(), column.described());
  }

  /**
   * What may go wrong in a column that is there although its type fits; empty when nothing will.
   */
  static String doubt(Field field, Column column, PgType type) {
    boolean list = field.type().equals("multipleLookupValues");
    if (list && !type.base().isArray() && type.base() != Base.JSONB) {
      return "several values do not fit into the column, and go to the dead letters";
    }
    List<String> unknown = new ArrayList<>(field.choices());
    unknown.removeAll(column.labels());
    if (!column.labels().isEmpty() && !unknown.isEmpty()) {
      return "the type %s lacks \"%s\", which goes to the dead letters"
          .formatted(column.described(), String.join("\", \"", unknown));
    }
    boolean strict =
        column.notNull() && Defaults.whenEmpty(type) == null && type.base() != Base.BOOLEAN;
    return strict ? "the column takes no empty cell: it goes to the dead letters" : "";
  }

  static String link(Field field, @Nullable Frame target) {
    if (target == null) {
      return "the ids of the records, because the table that it links to has no mapping here";
    }
    return LinkColumns.isSingle(field) ? "" : "several records: their keys, in Airtable's order";
  }
}
