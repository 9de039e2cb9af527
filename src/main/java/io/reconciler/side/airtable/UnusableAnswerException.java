package io.reconciler.side.airtable;

import java.io.IOException;

/** An answer that was given up: too large, too slow or not as it was asked for. */
public final class UnusableAnswerException extends IOException {

  private static final long serialVersionUID = 1L;

  /** For this reason, which goes on from "the answer ". */
  public UnusableAnswerException(String reason) {
    super("the answer " + reason);
  }
}
