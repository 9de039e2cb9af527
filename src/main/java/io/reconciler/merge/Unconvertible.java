package io.reconciler.merge;

import org.jspecify.annotations.Nullable;

/**
 * A cell that could not be converted; equal to any other with the same raw JSON text.
 *
 * @param raw the cell's JSON text
 * @param reason one sentence for people
 */
public record Unconvertible(String raw, String reason) {

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Unconvertible that && raw.equals(that.raw);
  }

  @Override
  public int hashCode() {
    return raw.hashCode();
  }
}
