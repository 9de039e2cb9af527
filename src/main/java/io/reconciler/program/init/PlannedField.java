package io.reconciler.program.init;

import io.reconciler.side.airtable.TableSchema.Field;
import io.reconciler.side.mapping.FieldMapping;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a field of Airtable's.
 *
 * @param mapped null when it is left out
 * @param remark why it is left out, or what there is to know of it; may be empty
 */
public record PlannedField(Field source, @Nullable FieldMapping mapped, String remark) {

  static PlannedField leftOut(Field source, String reason) {
    return new PlannedField(source, null, reason);
  }

  /** Whether it becomes a column. */
  public boolean isMapped() {
    return mapped != null;
  }
}
