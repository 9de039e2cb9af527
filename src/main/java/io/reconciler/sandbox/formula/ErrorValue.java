package io.reconciler.sandbox.formula;

/** Airtable's #ERROR! while a formula runs: it spreads to the whole result. */
final class ErrorValue extends RuntimeException {

  private static final long serialVersionUID = 1;

  ErrorValue() {
    // Without a stack trace: a filter may meet one in every record of a large table.
    super("#ERROR!", null, false, false);
  }
}
