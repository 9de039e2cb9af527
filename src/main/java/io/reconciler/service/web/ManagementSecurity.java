package io.reconciler.service.web;

import io.reconciler.service.api.ApiError;
import io.reconciler.service.api.DatabaseErrors;
import io.reconciler.settings.WebSettings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntSupplier;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusScrapeEndpoint;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.session.DisableEncodeUrlFilter;

/**
 * The rules of the management port: probes and metrics for everybody who reaches it, everything
 * else, Hawtio and Jolokia with it, for an administrator, who gives e-mail address and password.
 */
final class ManagementSecurity {

  private final RememberedLogin login;
  private static final ApiError WHO =
      new ApiError(
          401,
          "Unauthorized",
          "e-mail address and password of an administrator are needed",
          Map.of("WWW-Authenticate", "Basic realm=\"Reconciler\""));

  private final BodyGuard bodies;
  private final WebSettings settings;
  private final DatabaseErrors database;
  private final IntSupplier port;

  ManagementSecurity(
      RememberedLogin login,
      BodyGuard bodies,
      WebSettings settings,
      DatabaseErrors database,
      IntSupplier port) {
    this.database = database;
    this.login = login;
    this.bodies = bodies;
    this.settings = settings;
    this.port = port;
  }

  SecurityFilterChain chain(HttpSecurity http) throws Exception {
    return http.securityMatcher(this::isManagement)
        .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .authenticationManager(new ProviderManager(login))
        .httpBasic(
            basic ->
                basic.authenticationEntryPoint((request, response, e) -> ask(request, response)))
        .exceptionHandling(
            failures ->
                failures
                    .authenticationEntryPoint((request, response, e) -> ask(request, response))
                    .accessDeniedHandler((request, response, e) -> refuse(response)))
        // A browser sends the password along whoever asks it to: a page of another origin may not.
        .csrf(csrf -> csrf.requireCsrfProtectionMatcher(ManagementSecurity::isOfAnotherOrigin))
        .authorizeHttpRequests(
            requests ->
                requests
                    .requestMatchers(
                        EndpointRequest.to(HealthEndpoint.class, PrometheusScrapeEndpoint.class))
                    .permitAll()
                    .anyRequest()
                    .hasRole("SUPER_ADMIN"))
        .addFilterBefore(bodies, DisableEncodeUrlFilter.class)
        .addFilterBefore(new KnownHosts(settings), DisableEncodeUrlFilter.class)
        .addFilterAfter(new ApiBodyFilter(false), AuthorizationFilter.class)
        .addFilterAfter(new PlainParameters(), ApiBodyFilter.class)
        .build();
  }

  // Who it is can't be looked up while the database is away: what was typed may well be right.
  private void ask(HttpServletRequest request, HttpServletResponse response) throws IOException {
    ErrorWriter.write(ErrorAnswers.ofDatabase(request, database).orElse(WHO), response);
  }

  private static void refuse(HttpServletResponse response) throws IOException {
    ErrorWriter.write(
        ApiError.forbidden("SUPER_ADMIN", "another role, or a page of another origin"), response);
  }

  // Jolokia is a servlet of its own, which a pattern for Spring's would not match; the path is the
  // decoded one, as servlets are found.
  private boolean isManagement(HttpServletRequest request) {
    if (request.getLocalPort() == port.getAsInt()) {
      return true;
    }
    String path = request.getServletPath() + Objects.requireNonNullElse(request.getPathInfo(), "");
    return path.startsWith("/actuator/") || path.equals("/actuator");
  }

  // As the client sees it, when a trusted proxy says how that is.
  private static String host(HttpServletRequest request) {
    int usual = request.isSecure() ? 443 : 80;
    String port = request.getServerPort() == usual ? "" : ":" + request.getServerPort();
    return request.getServerName() + port;
  }

  // Browsers name the origin of every request that may change something; nobody else does.
  private static boolean isOfAnotherOrigin(HttpServletRequest request) {
    String origin = request.getHeader("Origin");
    if (origin == null) {
      return false;
    }
    try {
      String authority = String.valueOf(URI.create(origin).getAuthority());
      return !authority.equals(request.getHeader("Host")) && !authority.equals(host(request));
    } catch (IllegalArgumentException e) {
      return true;
    }
  }
}
