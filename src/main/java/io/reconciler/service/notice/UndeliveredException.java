package io.reconciler.service.notice;

/** A target did not take a notice; the message holds neither address nor secret. */
public final class UndeliveredException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UndeliveredException(String message) {
    super(message);
  }
}
