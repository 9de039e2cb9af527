package io.reconciler.service.web;

import io.reconciler.service.api.ApiError;
import io.reconciler.service.user.User;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.http.HttpMethod;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.session.DisableEncodeUrlFilter;

/** The rules under {@code /api}: a bearer token at each request, no sessions, deny by default. */
final class ApiSecurity {

  static final String LOGIN = "/api/auth/login";

  private final JwtDecoder decoder;
  private final TokenUsers users;
  private final BodyGuard bodies;

  ApiSecurity(JwtDecoder decoder, TokenUsers users, BodyGuard bodies) {
    this.decoder = decoder;
    this.users = users;
    this.bodies = bodies;
  }

  SecurityFilterChain chain(HttpSecurity http) throws Exception {
    return http.securityMatcher("/api/**")
        .csrf(AbstractHttpConfigurer::disable)
        .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .requestCache(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .headers(
            headers -> headers.contentSecurityPolicy(c -> c.policyDirectives("default-src 'none'")))
        .oauth2ResourceServer(
            server ->
                server
                    .bearerTokenResolver(tokens())
                    .authenticationEntryPoint(
                        (request, response, e) -> unauthorized(request, response))
                    .jwt(jwt -> jwt.decoder(decoder).jwtAuthenticationConverter(users)))
        .exceptionHandling(
            failures ->
                failures
                    .authenticationEntryPoint(
                        (request, response, e) -> unauthorized(request, response))
                    .accessDeniedHandler((request, response, e) -> refused(request, response)))
        .authorizeHttpRequests(
            requests ->
                requests
                    // The end of a request that was let in: an answer that waited, or an error.
                    .dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR)
                    .permitAll()
                    .requestMatchers(HttpMethod.POST, LOGIN)
                    .permitAll()
                    .anyRequest()
                    .access(ApiSecurity::decide))
        .addFilterBefore(bodies, DisableEncodeUrlFilter.class)
        .addFilterAfter(new ApiBodyFilter(true), AuthorizationFilter.class)
        // After the body was read, which would be taken for parameters else.
        .addFilterAfter(new PlainParameters(), ApiBodyFilter.class)
        .build();
  }

  // Who signs in anew may still send a token that has expired.
  private static BearerTokenResolver tokens() {
    DefaultBearerTokenResolver standard = new DefaultBearerTokenResolver();
    return request -> LOGIN.equals(request.getRequestURI()) ? null : standard.resolve(request);
  }

  private static AuthorizationDecision decide(
      Supplier<? extends Authentication> who, RequestAuthorizationContext context) {
    Optional<User> user = SignedIn.user(who.get());
    return new AuthorizationDecision(
        user.isPresent() && ApiAccess.refusal(context.getRequest(), user.get()).isEmpty());
  }

  // Nobody needs a token to sign in: there it is the method.
  private static void unauthorized(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    boolean login = LOGIN.equals(request.getRequestURI());
    ErrorWriter.write(
        login ? ApiError.methodNotAllowed(HttpMethod.POST.name()) : ApiError.unauthorized(),
        response);
  }

  private static void refused(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    ApiError error =
        SignedIn.user((Authentication) request.getUserPrincipal())
            .flatMap(user -> ApiAccess.refusal(request, user))
            .orElseGet(ApiError::unauthorized);
    ErrorWriter.write(error, response);
  }
}
