package io.reconciler.service.api;

/** Ends a request with an error answer. */
public final class ApiException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient ApiError error;

  public ApiException(ApiError error) {
    super(error.error() + ": " + error.details());
    this.error = error;
  }

  public ApiError error() {
    return error;
  }
}
