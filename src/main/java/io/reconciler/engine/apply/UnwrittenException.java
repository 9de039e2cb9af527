package io.reconciler.engine.apply;

/** Not every lead of a page was written, and PostgreSQL did not say why. */
final class UnwrittenException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  UnwrittenException() {
    super(
        "the lead was not written: a trigger or a row security policy of leads kept it out, or"
            + " another program inserted it at the same moment");
  }
}
