package io.reconciler.service.web;

import io.reconciler.service.api.ApiAnswers;
import io.reconciler.service.api.ApiError;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.regex.Pattern;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/**
 * At the management port a path is spelled as it is or refused: the parts behind disagree about
 * what an odd one means, some of them with a stack trace.
 */
final class PlainPaths extends ValveBase {

  private static final Pattern ODD = Pattern.compile("[%;\\\\]|//|/\\.");

  PlainPaths() {
    super(true);
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    String path = request.getRequestURI();
    // What the server itself has refused is answered further on.
    if (path == null || response.isError() || !ODD.matcher(path).find()) {
      getNext().invoke(request, response);
      return;
    }
    response.setStatus(400);
    response.setContentType(ApiAnswers.JSON_TYPE);
    ErrorWriter.HEADERS.forEach(response::setHeader);
    response
        .getOutputStream()
        .write(ApiAnswers.json(ApiError.badRequest("the path is not spelled plainly")));
  }
}
