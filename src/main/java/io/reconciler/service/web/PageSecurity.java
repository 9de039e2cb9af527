package io.reconciler.service.web;

import io.reconciler.service.user.Role;
import io.reconciler.service.user.User;
import io.reconciler.service.user.UserTable;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.session.DisableEncodeUrlFilter;

/** The rules of the pages: a session of an administrator, CSRF tokens, a strict content policy. */
final class PageSecurity {

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

  /** What the form to sign in needs as well. */
  private static final String[] OPEN_FILES = {
    "/page.css",
    "/page.js",
    "/icon.svg",
    "/favicon.ico",
    "/webjars/picocss__pico/**",
    "/webjars/htmx.org/**"
  };

  private final UserTable users;
  private final Sessions sessions;
  private final BodyGuard bodies;

  PageSecurity(UserTable users, Sessions sessions, BodyGuard bodies) {
    this.users = users;
    this.sessions = sessions;
    this.bodies = bodies;
  }

  SecurityFilterChain chain(HttpSecurity http) throws Exception {
    return http.headers(
            headers ->
                headers
                    .contentSecurityPolicy(policy -> policy.policyDirectives(POLICY))
                    .frameOptions(frames -> frames.deny())
                    .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN)))
        .csrf(csrf -> csrf.csrfTokenRepository(csrfCookie()))
        .formLogin(
            form ->
                form.loginPage(PageGate.LOGIN)
                    .usernameParameter("email")
                    .successHandler(this::signedIn)
                    .failureHandler((request, response, e) -> failed(response, e))
                    .permitAll())
        .exceptionHandling(
            failures ->
                failures.authenticationEntryPoint(
                    (request, response, e) -> PageGate.toLogin(request, response)))
        .requestCache(AbstractHttpConfigurer::disable)
        .logout(logout -> logout.logoutSuccessUrl("/login?out").permitAll())
        .authorizeHttpRequests(
            requests ->
                requests
                    .dispatcherTypeMatchers(
                        DispatcherType.ASYNC, DispatcherType.ERROR, DispatcherType.FORWARD)
                    .permitAll()
                    .requestMatchers(PageGate.LOGIN)
                    .permitAll()
                    .requestMatchers(HttpMethod.GET, OPEN_FILES)
                    .permitAll()
                    .anyRequest()
                    .access(this::administrator))
        .addFilterBefore(bodies, DisableEncodeUrlFilter.class)
        .addFilterBefore(new PageGate(sessions), CsrfFilter.class)
        .addFilterBefore(new PlainParameters(), CsrfFilter.class)
        .build();
  }

  // No session is made for whoever only looks at the form.
  private static CookieCsrfTokenRepository csrfCookie() {
    CookieCsrfTokenRepository cookie = new CookieCsrfTokenRepository();
    cookie.setCookiePath("/");
    cookie.setCookieCustomizer(c -> c.sameSite("Strict"));
    return cookie;
  }

  private void signedIn(
      HttpServletRequest request, HttpServletResponse response, Authentication who)
      throws IOException {
    HttpSession session = request.getSession();
    SignedIn.user(who).ifPresent(user -> sessions.begin(session, user.id()));
    response.sendRedirect("/");
  }

  // Looked up each time: a session must not outlive the right to it, nor the password.
  private AuthorizationDecision administrator(
      Supplier<? extends Authentication> who, RequestAuthorizationContext context) {
    Optional<User> then = SignedIn.user(who.get());
    Optional<User> now = then.flatMap(user -> users.byId(user.id()));
    if (now.isPresent() && !now.get().version().equals(then.get().version())) {
      signOut(context.getRequest());
      return new AuthorizationDecision(false);
    }
    return new AuthorizationDecision(
        now.map(User::role).filter(role -> role == Role.SUPER_ADMIN).isPresent());
  }

  // As one who has to sign in anew.
  private static void signOut(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    if (session != null) {
      Sessions.end(session);
    }
    SecurityContextHolder.getContext()
        .setAuthentication(
            new AnonymousAuthenticationToken(
                "signed-out", "nobody", AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS")));
  }

  private static void failed(HttpServletResponse response, AuthenticationException cause)
      throws IOException {
    response.sendRedirect(cause instanceof TooManyLogins ? "/login?wait" : "/login?failed");
  }
}
