package io.reconciler.service.user;

import java.time.Duration;

/** An account or an address failed to sign in too often lately. */
public final class TooManyLoginsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Duration retryAfter;

  TooManyLoginsException(Duration retryAfter) {
    super("too many failed attempts to sign in");
    this.retryAfter = retryAfter;
  }

  /** How long to wait before the next attempt, in whole seconds, at least one. */
  public long retryAfterSeconds() {
    return Math.max(1, retryAfter.plusMillis(999).toSeconds());
  }
}
