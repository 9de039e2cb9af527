package io.reconciler.settings;

/** Says what is wrong with a value; the text never holds a value that may be secret. */
final class MalformedValueException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  /** Takes a reason that can follow "is malformed: ". */
  public MalformedValueException(String reason) {
    super(reason);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
