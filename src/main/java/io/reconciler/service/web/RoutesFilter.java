package io.reconciler.service.web;

import io.reconciler.service.api.ApiError;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.camel.CamelContext;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Says 503 while the routes do not run: the web server opens its port some seconds before they do,
 * and would know none of their paths.
 */
final class RoutesFilter extends OncePerRequestFilter {

  // As the endpoints are found: by the decoded path.
  private static final RequestMatcher API =
      PathPatternRequestMatcher.withDefaults().matcher("/api/**");

  private final CamelContext routes;

  RoutesFilter(CamelContext routes) {
    this.routes = routes;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !API.matches(request);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (routes.isStarted()) {
      chain.doFilter(request, response);
    } else {
      ErrorWriter.write(ApiError.starting(), response);
    }
  }
}
