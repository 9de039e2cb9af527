package io.reconciler.side.postgres.rules;

/**
 * Something about the existing tables that the engine can't work with, or not well.
 *
 * @param fatal whether a run must not start
 * @param text what is wrong, in one line
 * @param ddl the statement that puts it right; empty when there is no single one
 */
public record SchemaProblem(boolean fatal, String text, String ddl) {

  static SchemaProblem fatal(String text, String ddl) {
    return new SchemaProblem(true, text, ddl);
  }

  /** The same, of which a run must not be kept. */
  SchemaProblem asWarning() {
    return warning(text, ddl);
  }

  static SchemaProblem warning(String text, String ddl) {
    return new SchemaProblem(false, text, ddl);
  }
}
