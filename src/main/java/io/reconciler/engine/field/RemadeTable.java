package io.reconciler.engine.field;

/**
 * A table that is gone from Airtable, and in whose place another one of its name has come.
 *
 * @param name the name of both
 * @param was the id of the table that the engine knows
 * @param is the id of the other one
 */
public record RemadeTable(String name, String was, String is) {

  public static final String ADVICE =
      "restore the old one from Airtable's trash, or take the new one, whose records replace those"
          + " of the old one: reconciler sync --full --force, first with --dry-run to see what it"
          + " does";

  public String problem() {
    return "the table \""
        + name
        + "\" was deleted in Airtable and made anew: it was "
        + was
        + " and is "
        + is
        + " now";
  }

  /** What to say of a run that it has stopped. */
  public String text() {
    return problem() + ", so nothing of it was read or written. Either " + ADVICE;
  }
}
