package io.reconciler.service.api;

/** Ends a request with an error answer. */
public final class ApiException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient ApiError error;

  /** With that answer. */
  public ApiException(ApiError error) {
    super(error.error() + ": " + error.details());
    this.error = error;
  }

  /** The answer. */
  public ApiError error() {
    return error;
  }
}
