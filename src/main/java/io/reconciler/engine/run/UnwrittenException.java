package io.reconciler.engine.run;

/** Not every lead was written, and PostgreSQL did not say why. */
public final class UnwrittenException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private UnwrittenException(String message) {
    super(message);
  }

  /** Of a lead that was to be inserted or updated. */
  public static UnwrittenException kept() {
    return new UnwrittenException(
        "the lead was not written: a trigger or a row security policy of leads kept it out, or"
            + " another program inserted it at the same moment");
  }

  /** Of a lead that was to be marked inactive. */
  public static UnwrittenException active() {
    return new UnwrittenException("a trigger or a row security policy of leads keeps it active");
  }
}
