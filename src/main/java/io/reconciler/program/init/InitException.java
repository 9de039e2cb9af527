package io.reconciler.program.init;

import java.util.List;

/** What was asked for can't be planned; each problem is a line that says what to do. */
public final class InitException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  InitException(List<String> problems) {
    super(String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  InitException(String problem) {
    this(List.of(problem));
  }

  /** A field that the portal can't own. */
  static InitException unwritable(String field, String type) {
    return new InitException(
        "--portal %s: nobody but Airtable writes a %s; leave it out".formatted(field, type));
  }

  /** The problems, in one line each. */
  public List<String> problems() {
    return problems;
  }
}
