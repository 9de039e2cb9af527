package io.reconciler.settings;

import io.reconciler.text.Masks;
import org.jspecify.annotations.Nullable;

/** A text that never shows itself in logs, error texts or string concatenation. */
public final class Secret {

  private final String value;

  /** Wraps the text as it is, and has it masked in every log. */
  public Secret(String value) {
    this.value = value;
    Masks.add(value);
  }

  /** The text itself, for the one place that has to send or check it. */
  public String reveal() {
    return value;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Secret secret && secret.value.equals(value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return "***";
  }
}
