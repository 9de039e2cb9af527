package io.reconciler.engine.run;

/** There is no client to reconcile. */
public final class NoActiveClientException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public NoActiveClientException(String message) {
    super(message);
  }
}
