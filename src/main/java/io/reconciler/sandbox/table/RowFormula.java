package io.reconciler.sandbox.table;

import io.reconciler.sandbox.formula.FormulaRecord;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a formula sees of a row: times as they are shown (UNCONFIRMED whether the exact ones). */
record RowFormula(Row row, Schema schema, RowView view, Instant now) implements FormulaRecord {

  @Override
  public String id() {
    return row.id();
  }

  @Override
  public Instant created() {
    return RowView.shown(row.created());
  }

  @Override
  public Instant modified(List<String> fieldIds) {
    return RowView.shown(row.modified(fieldIds));
  }

  @Override
  public @Nullable Object value(String fieldId) {
    return view.formulaValue(row, schema.get(fieldId));
  }
}
