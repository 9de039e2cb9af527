package io.reconciler.service.page;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** The page of ours that somebody came from, filters and all. */
final class ReturnPath {

  private ReturnPath() {}

  /** Its path; never another host's. */
  static String to(HttpServletRequest request, String otherwise) {
    return path(request.getHeader("Referer"), otherwise);
  }

  static String path(@Nullable String referer, String otherwise) {
    if (referer == null) {
      return otherwise;
    }
    try {
      URI uri = new URI(referer);
      String path = uri.getRawPath();
      if (path == null || !path.startsWith("/") || path.startsWith("//")) {
        return otherwise;
      }
      return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    } catch (URISyntaxException e) {
      return otherwise;
    }
  }

  static String redirect(HttpServletRequest request, String otherwise) {
    return "redirect:" + to(request, otherwise);
  }
}
