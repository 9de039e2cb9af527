package io.reconciler.service.web;

import io.reconciler.service.api.ApiError;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers 400 to parameters, a form's fields among them, that can't be decoded, such as {@code
 * %FF}: the web server throws only when they are looked at, which whoever does so would take for a
 * failure of ours. So would be one with a NUL character, which no text in PostgreSQL can hold.
 */
final class PlainParameters extends OncePerRequestFilter {

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (!isDecodable(request)) {
      response.sendError(HttpServletResponse.SC_BAD_REQUEST);
    } else if (holdsNul(request)) {
      refuseNul(request, response);
    } else {
      chain.doFilter(request, response);
    }
  }

  private static boolean isDecodable(HttpServletRequest request) {
    try {
      request.getParameterNames();
      return true;
    } catch (IllegalStateException e) {
      return false;
    }
  }

  private static boolean holdsNul(HttpServletRequest request) {
    return request.getParameterMap().entrySet().stream().anyMatch(PlainParameters::holdsNul);
  }

  private static boolean holdsNul(Map.Entry<String, String[]> parameter) {
    return holdsNul(parameter.getKey())
        || Arrays.stream(parameter.getValue()).anyMatch(PlainParameters::holdsNul);
  }

  private static boolean holdsNul(String text) {
    return text.indexOf('\0') >= 0;
  }

  // A page is answered by a page, which only the server leads to.
  private static void refuseNul(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getRequestURI().startsWith("/api/")) {
      ErrorWriter.write(ApiError.badRequest("a parameter must not hold a NUL character"), response);
    } else {
      response.sendError(HttpServletResponse.SC_BAD_REQUEST);
    }
  }
}
