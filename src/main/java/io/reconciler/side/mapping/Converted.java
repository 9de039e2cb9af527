package io.reconciler.side.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
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
  record Failed(String raw, String reason) implements Converted {

    /** A value that converts but that PostgreSQL will not have; null is empty. */
    public static Failed refused(@Nullable JsonNode value, String reason, boolean inAscii) {
      Failed failed = CellFailures.refused(value == null ? NullNode.getInstance() : value, reason);
      return inAscii ? failed.inAscii() : failed;
    }

    /** The same for a database whose encoding lacks characters: as JSON writes them otherwise. */
    public Failed inAscii() {
      return new Failed(Texts.ascii(raw), Texts.ascii(reason));
    }
  }
}
