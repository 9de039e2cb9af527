package io.reconciler.sandbox.formula;

import org.jspecify.annotations.Nullable;

/** A compiled part of a formula. */
@FunctionalInterface
interface Expression {

  /** Returns a String, Double, Boolean, Instant or null (blank); throws ErrorValue. */
  @Nullable Object on(FormulaRecord record);

  /** A field, by id: some functions want the field itself and not its value. */
  record Field(String id) implements Expression {

    @Override
    public @Nullable Object on(FormulaRecord record) {
      return record.value(id);
    }
  }
}
