package io.reconciler.web;

import io.reconciler.api.ApiAnswers;
import io.reconciler.api.ApiError;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Writes an error answer where no route is involved. */
final class Answers {

  private Answers() {}

  static void write(ApiError error, HttpServletResponse response) throws IOException {
    response.setStatus(error.status());
    error.headers().forEach(response::setHeader);
    response.setContentType(ApiAnswers.JSON_TYPE);
    response.getOutputStream().write(ApiAnswers.json(error));
  }
}
