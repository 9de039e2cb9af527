package io.reconciler.mapping;

import org.jspecify.annotations.Nullable;

/** What came of converting a cell. */
public sealed interface Converted {

  /** The value for the column, in its type; null is empty. */
  record Value(@Nullable Object value) implements Converted {}

  /**
   * The cell does not fit its column.
   *
   * @param raw the cell's JSON text, at most 1,000 characters, safe to store
   * @param reason one sentence of at most 80 characters
   */
  record Failed(String raw, String reason) implements Converted {}
}
