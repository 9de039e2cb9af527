package io.reconciler.service.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers 400 to parameters that can't be decoded, such as {@code %FF}: the web server throws only
 * when they are looked at, which whoever does so would take for a failure of ours.
 */
final class DecodableParameters extends OncePerRequestFilter {

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (isDecodable(request)) {
      chain.doFilter(request, response);
    } else {
      response.sendError(HttpServletResponse.SC_BAD_REQUEST);
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
}
