package io.reconciler.service.web;

import io.reconciler.service.api.ApiError;

/** The body of a request was not taken: too long, too slow, or one too many at a time. */
final class BodyRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient ApiError error;

  BodyRefused(ApiError error) {
    super(error.details());
    this.error = error;
  }

  ApiError error() {
    return error;
  }
}
