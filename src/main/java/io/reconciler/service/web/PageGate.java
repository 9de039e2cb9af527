package io.reconciler.service.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Before a page's form is read: ends a session that is over, and sends whoever is not signed in to
 * the form for that. So only a login is read from somebody unknown.
 */
final class PageGate extends OncePerRequestFilter {

  static final String LOGIN = "/login";

  private static final String EVENTS = MediaType.TEXT_EVENT_STREAM_VALUE;

  private final Sessions sessions;

  PageGate(Sessions sessions) {
    this.sessions = sessions;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    endWhenOver(request);
    boolean signedIn =
        SignedIn.user(SecurityContextHolder.getContext().getAuthentication()).isPresent();
    if (!signedIn && !isRead(request) && !LOGIN.equals(request.getServletPath())) {
      toLogin(request, response);
      return;
    }
    GuardedRequest guarded = GuardedRequest.of(request);
    if (guarded != null && HttpMethod.POST.matches(request.getMethod())) {
      guarded.allowForms();
      if (signedIn) {
        guarded.allowMore();
      }
    }
    chain.doFilter(request, response);
  }

  private void endWhenOver(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    if (session != null && sessions.isOver(session)) {
      Sessions.end(session);
      SecurityContextHolder.clearContext();
    }
  }

  private static boolean isRead(HttpServletRequest request) {
    return HttpMethod.GET.matches(request.getMethod())
        || HttpMethod.HEAD.matches(request.getMethod());
  }

  /**
   * Sends a browser to the login form, without naming a host; a part of a page takes it along, and
   * a stream of events is only refused.
   */
  static void toLogin(HttpServletRequest request, HttpServletResponse response) {
    if (request.getHeader("HX-Request") != null) {
      response.setStatus(HttpStatus.UNAUTHORIZED.value());
      response.setHeader("HX-Redirect", LOGIN);
    } else if (EVENTS.equals(request.getHeader(HttpHeaders.ACCEPT))) {
      response.setStatus(HttpStatus.UNAUTHORIZED.value());
    } else {
      response.setStatus(HttpStatus.SEE_OTHER.value());
      response.setHeader(HttpHeaders.LOCATION, LOGIN);
    }
  }
}
