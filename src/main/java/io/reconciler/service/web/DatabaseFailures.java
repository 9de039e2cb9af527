package io.reconciler.service.web;

import io.reconciler.service.api.ApiError;
import io.reconciler.service.api.DatabaseErrors;
import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Takes what failed at the database while somebody was looked up, or while a page was made, to
 * where errors are answered, with one line in the log, as at the endpoints.
 */
final class DatabaseFailures extends OncePerRequestFilter implements Ordered {

  private static final Logger LOG = LoggerFactory.getLogger(DatabaseFailures.class);

  private final DatabaseErrors database;

  DatabaseFailures(DatabaseErrors database) {
    this.database = database;
  }

  // Around the security filters, which look up who asks.
  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE + 2;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try {
      chain.doFilter(request, response);
    } catch (ServletException | RuntimeException e) {
      Optional<ApiError> error = response.isCommitted() ? Optional.empty() : database.of(e);
      if (error.isEmpty()) {
        throw e;
      }
      LOG.warn("a request failed: {}", error.get().details());
      request.setAttribute(RequestDispatcher.ERROR_EXCEPTION, e);
      response.sendError(error.get().status());
    }
  }
}
