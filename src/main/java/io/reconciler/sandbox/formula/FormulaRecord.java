package io.reconciler.sandbox.formula;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a formula can see of one record. */
public interface FormulaRecord {

  String id();

  /** Returns the moment the formula runs. */
  Instant now();

  /** Returns when the record was created. */
  Instant created();

  /** Returns when any of these fields was last edited; an empty list stands for all of them. */
  Instant modified(List<String> fieldIds);

  /** Returns the cell as a String, Double, Boolean or Instant, or null when it is empty. */
  @Nullable Object value(String fieldId);
}
