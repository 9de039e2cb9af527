package io.reconciler.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Objects;
import org.springframework.boot.actuate.autoconfigure.security.servlet.EndpointRequest;
import org.springframework.boot.actuate.health.HealthEndpoint;
import org.springframework.boot.actuate.metrics.export.prometheus.PrometheusScrapeEndpoint;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.Customizer;
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
  private final BodyGuard bodies;

  ManagementSecurity(RememberedLogin login, BodyGuard bodies) {
    this.login = login;
    this.bodies = bodies;
  }

  SecurityFilterChain chain(HttpSecurity http) throws Exception {
    return http.securityMatcher(ManagementSecurity::isManagement)
        .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .authenticationManager(new ProviderManager(login))
        .httpBasic(Customizer.withDefaults())
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
        .addFilterAfter(new ApiBodyFilter(false), AuthorizationFilter.class)
        .build();
  }

  // Jolokia is a servlet of its own, which a pattern for Spring's would not match; the path is the
  // decoded one, as servlets are found.
  private static boolean isManagement(HttpServletRequest request) {
    String path = request.getServletPath() + Objects.requireNonNullElse(request.getPathInfo(), "");
    return path.startsWith("/actuator/") || path.equals("/actuator");
  }

  // Browsers name the origin of every request that may change something; nobody else does.
  private static boolean isOfAnotherOrigin(HttpServletRequest request) {
    String origin = request.getHeader("Origin");
    if (origin == null) {
      return false;
    }
    try {
      return !String.valueOf(URI.create(origin).getAuthority()).equals(request.getHeader("Host"));
    } catch (IllegalArgumentException e) {
      return true;
    }
  }
}
