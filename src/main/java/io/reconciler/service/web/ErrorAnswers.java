package io.reconciler.service.web;

import io.reconciler.service.api.ApiError;
import io.reconciler.service.api.DatabaseErrors;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** Answers what the web server itself refuses or fails at: JSON under {@code /api}, else a page. */
@Controller
class ErrorAnswers implements ErrorController {

  private final DatabaseErrors database;

  /** What fails at the database is told by these. */
  ErrorAnswers(DatabaseErrors database) {
    this.database = database;
  }

  @RequestMapping("/error")
  @Nullable ModelAndView error(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Optional<ApiError> passing = ofDatabase(request, database);
    ApiError error = passing.orElseGet(() -> error(status(request)));
    if (path(request).startsWith("/api") || !wantsPage(request)) {
      ErrorWriter.write(error, response);
      return null;
    }
    int status = error.status();
    response.setStatus(status);
    error.headers().forEach(response::setHeader);
    return new ModelAndView(
        "problem",
        Map.of(
            "status",
            status,
            "reason",
            reason(status),
            "details",
            passing.map(ApiError::details).orElse("")));
  }

  private static boolean wantsPage(HttpServletRequest request) {
    return String.valueOf(request.getHeader("Accept")).contains("text/html");
  }

  static ApiError error(int status) {
    return switch (status) {
      case 400 -> ApiError.badRequest("the request is malformed");
      case 404 -> ApiError.notFound("there is nothing at this path");
      case 500 -> ApiError.internal();
      default -> ApiError.other(status, reason(status));
    };
  }

  private static String reason(int status) {
    HttpStatus known = HttpStatus.resolve(status);
    return known == null ? "Error" : known.getReasonPhrase();
  }

  /** What fails at the database for a while: a page, or the look-up of who asks for whatever. */
  static Optional<ApiError> ofDatabase(HttpServletRequest request, DatabaseErrors database) {
    return request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable cause
        ? database.of(cause)
        : Optional.empty();
  }

  private static int status(HttpServletRequest request) {
    return request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer status
        ? status
        : HttpStatus.NOT_FOUND.value();
  }

  private static String path(HttpServletRequest request) {
    return String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI));
  }
}
