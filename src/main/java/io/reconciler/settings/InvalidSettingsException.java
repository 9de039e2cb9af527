package io.reconciler.settings;

import java.util.List;

/** Says every missing or malformed variable, one line each, without the value of any secret. */
public final class InvalidSettingsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  /** Takes at least one problem; each names its variable, what is wrong and an example. */
  public InvalidSettingsException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** The problems in the order of the documentation, one line each. */
  public List<String> problems() {
    return problems;
  }
}
