package io.reconciler.service.web;

import io.reconciler.service.api.ApiError;
import io.reconciler.settings.WebSettings;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers only under a known name: a page whose own name was made to point to this machine could
 * read everything here that needs no password.
 */
final class KnownHosts extends OncePerRequestFilter {

  private final WebSettings settings;

  KnownHosts(WebSettings settings) {
    this.settings = settings;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (request.getAttribute(ProxyValve.BY_PROXY) != null
        || settings.isManagementHost(request.getServerName())) {
      chain.doFilter(request, response);
    } else {
      ErrorWriter.write(
          ApiError.badRequest("this host name is not among RECONCILER_MANAGEMENT_HOSTS"), response);
    }
  }
}
