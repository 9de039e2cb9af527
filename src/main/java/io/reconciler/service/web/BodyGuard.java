package io.reconciler.service.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The first of the filters: nobody behind it reads more of a body, or for longer, than is allowed;
 * and what nobody has read does not keep the connection's thread.
 */
final class BodyGuard extends OncePerRequestFilter {

  /** Of the server's 200 threads. */
  private static final int BODIES = 96;

  private static final int BODIES_OF_AN_ADDRESS = 48;

  /** After these the server closes the connection without reading on. */
  private static final Set<Integer> CLOSING = Set.of(400, 408, 411, 413, 414, 500, 501, 503);

  private final BodyPermits permits = new BodyPermits(BODIES, BODIES_OF_AN_ADDRESS);

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (!hasBody(request)) {
      chain.doFilter(request, response);
      return;
    }
    GuardedRequest guarded = new GuardedRequest(request, permits);
    try {
      chain.doFilter(guarded, response);
      if (!guarded.isAsyncStarted() && !guarded.guarded().hasEnded() && !expects(request)) {
        waste(guarded, response);
      }
    } catch (BodyRefused e) {
      answer(e, response);
    }
  }

  private static boolean hasBody(HttpServletRequest request) {
    return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
  }

  // One who waits for leave to send the body, and got none, sends none.
  private static boolean expects(HttpServletRequest request) {
    return request.getHeader("Expect") != null;
  }

  private static void waste(GuardedRequest request, HttpServletResponse response)
      throws IOException {
    try {
      request.guarded().waste();
    } catch (BodyRefused e) {
      if (!CLOSING.contains(response.getStatus())) {
        answer(e, response);
      }
    }
  }

  private static void answer(BodyRefused refused, HttpServletResponse response) throws IOException {
    if (!response.isCommitted()) {
      response.resetBuffer();
      ErrorWriter.write(refused.error(), response);
    }
  }
}
