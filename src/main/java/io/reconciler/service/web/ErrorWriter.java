package io.reconciler.service.web;

import io.reconciler.service.api.ApiAnswers;
import io.reconciler.service.api.ApiError;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/** Writes an error answer where no route is involved. */
final class ErrorWriter {

  /** What a browser is told about every answer that is no page. */
  static final Map<String, String> HEADERS =
      Map.of(
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "DENY",
          "Referrer-Policy", "no-referrer",
          "Cache-Control", "no-store",
          "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");

  private ErrorWriter() {}

  static void write(ApiError error, HttpServletResponse response) throws IOException {
    response.setStatus(error.status());
    HEADERS.forEach((name, value) -> setIfAbsent(response, name, value));
    error.headers().forEach(response::setHeader);
    response.setContentType(ApiAnswers.JSON_TYPE);
    response.getOutputStream().write(ApiAnswers.json(error));
  }

  private static void setIfAbsent(HttpServletResponse response, String name, String value) {
    if (!response.containsHeader(name)) {
      response.setHeader(name, value);
    }
  }
}
