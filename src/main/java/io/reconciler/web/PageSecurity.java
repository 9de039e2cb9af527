package io.reconciler.web;

import io.reconciler.user.Role;
import io.reconciler.user.User;
import io.reconciler.user.UserTable;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Supplier;
import org.springframework.http.HttpMethod;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/** The rules of the pages: a session of an administrator, CSRF tokens, a strict content policy. */
final class PageSecurity {

  private static final String POLICY =
      "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self';"
          + " frame-ancestors 'none'; base-uri 'none'";

  private final UserTable users;

  PageSecurity(UserTable users) {
    this.users = users;
  }

  SecurityFilterChain chain(HttpSecurity http) throws Exception {
    return http.headers(
            headers ->
                headers
                    .contentSecurityPolicy(policy -> policy.policyDirectives(POLICY))
                    .frameOptions(frames -> frames.deny())
                    .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN)))
        .formLogin(
            form ->
                form.loginPage("/login")
                    .usernameParameter("email")
                    .defaultSuccessUrl("/", true)
                    .failureHandler((request, response, e) -> failed(response, e))
                    .permitAll())
        .requestCache(AbstractHttpConfigurer::disable)
        .logout(logout -> logout.logoutSuccessUrl("/login?out").permitAll())
        .authorizeHttpRequests(
            requests ->
                requests
                    .dispatcherTypeMatchers(
                        DispatcherType.ASYNC, DispatcherType.ERROR, DispatcherType.FORWARD)
                    .permitAll()
                    .requestMatchers("/login")
                    .permitAll()
                    .requestMatchers(HttpMethod.GET, "/reconciler.css", "/favicon.ico")
                    .permitAll()
                    .anyRequest()
                    .access(this::administrator))
        .build();
  }

  // Looked up each time: a session must not outlive the right to it.
  private AuthorizationDecision administrator(
      Supplier<Authentication> who, RequestAuthorizationContext context) {
    boolean granted =
        SignedIn.user(who.get())
            .flatMap(user -> users.byId(user.id()))
            .map(User::role)
            .filter(role -> role == Role.SUPER_ADMIN)
            .isPresent();
    return new AuthorizationDecision(granted);
  }

  private static void failed(HttpServletResponse response, AuthenticationException cause)
      throws IOException {
    response.sendRedirect(cause instanceof TooManyLogins ? "/login?wait" : "/login?failed");
  }
}
