package io.reconciler.decide;

import org.jspecify.annotations.Nullable;

/**
 * A cell that could not be converted; equal to any other with the same raw JSON text.
 *
 * @param raw the cell's JSON text
 * @param reason one sentence for people
 */
public record Unconvertible(String raw, String reason) {

  /** In place of the record ids of a link: the keys whose rows have no record yet. */
  public static final String WAITS = "@waits";

  /** The same for the keys that no row has. */
  public static final String ROWLESS = "@rowless";

  /** Beside either of the two: every key that an array of links holds. */
  public static final String WRITTEN = "@written";

  /** True if it is a link to a row that has no record yet, and may get one. */
  public boolean waits() {
    return raw.startsWith("{\"" + WAITS + "\"");
  }

  /** True if it is a link to a row that is not there: nothing of it can ever be sent. */
  public boolean rowless() {
    return raw.startsWith("{\"" + ROWLESS + "\"");
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Unconvertible that && raw.equals(that.raw);
  }

  @Override
  public int hashCode() {
    return raw.hashCode();
  }
}
