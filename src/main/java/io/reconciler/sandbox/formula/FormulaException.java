package io.reconciler.sandbox.formula;

/** A formula that Airtable refuses; the message is Airtable's. */
public final class FormulaException extends RuntimeException {

  private static final long serialVersionUID = 1;

  FormulaException(String message) {
    super(message);
  }

  static FormulaException malformed() {
    return new FormulaException("Invalid formula. Please check your formula text.");
  }
}
