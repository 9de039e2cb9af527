package io.reconciler.service.web;

import io.reconciler.service.api.ApiAnswers;
import io.reconciler.service.api.ApiError;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/** What the web server itself refuses, before any of our code sees it: JSON, as elsewhere. */
public final class ErrorReport extends ErrorReportValve {

  /** The server makes one by the name of the class. */
  public ErrorReport() {}

  @Override
  protected void report(Request request, Response response, @Nullable Throwable failure) {
    int status = response.getStatus();
    if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
      return;
    }
    ApiError error = ErrorAnswers.error(status);
    try {
      response.setContentType(ApiAnswers.JSON_TYPE);
      ErrorWriter.HEADERS.forEach(response::setHeader);
      response.getOutputStream().write(ApiAnswers.json(error));
      response.finishResponse();
    } catch (IOException | IllegalStateException e) {
      // Whoever asked is gone, or has an answer.
    }
  }
}
