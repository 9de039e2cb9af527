package io.reconciler.service.web;

import io.reconciler.service.api.ApiError;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Takes the body of a request that was let in, as long as its sender may send; whoever sends none
 * needs no content type.
 */
final class ApiBodyFilter extends OncePerRequestFilter {

  private final boolean jsonOnly;

  /** Whether a body has to be JSON. */
  ApiBodyFilter(boolean jsonOnly) {
    this.jsonOnly = jsonOnly;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    GuardedRequest guarded = GuardedRequest.of(request);
    if (guarded != null) {
      if (SignedIn.user(SecurityContextHolder.getContext().getAuthentication()).isPresent()) {
        guarded.allowMore();
      }
      if (guarded.body().length > 0 && jsonOnly && !isJson(request.getContentType())) {
        ErrorWriter.write(ApiError.unsupportedMediaType(), response);
        return;
      }
    }
    chain.doFilter(request, response);
  }

  private static boolean isJson(@Nullable String contentType) {
    if (contentType == null) {
      return false;
    }
    try {
      MediaType type = MediaType.parseMediaType(contentType);
      boolean utf8 = type.getCharset() == null || type.getCharset().equals(StandardCharsets.UTF_8);
      return MediaType.APPLICATION_JSON.equalsTypeAndSubtype(type) && utf8;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
