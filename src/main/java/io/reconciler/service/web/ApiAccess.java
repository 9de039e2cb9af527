package io.reconciler.service.web;

import static io.reconciler.service.user.Role.CLIENT_ADMIN;
import static io.reconciler.service.user.Role.CLIENT_USER;
import static io.reconciler.service.user.Role.SUPER_ADMIN;

import io.reconciler.service.api.ApiError;
import io.reconciler.service.user.Role;
import io.reconciler.service.user.User;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** Who may ask for what under {@code /api}, by method and path; what is not listed is not there. */
final class ApiAccess {

  private static final Set<Role> ADMIN = Set.of(SUPER_ADMIN);
  private static final Set<Role> ANYONE = Set.of(SUPER_ADMIN, CLIENT_ADMIN, CLIENT_USER);

  /** Everything below this path is for administrators, whether it is there or not. */
  private static final String ADMIN_PATH = "/api/admin/";

  static final List<Endpoint> ENDPOINTS =
      List.of(
          new Endpoint(HttpMethod.GET, "/api/openapi.json", ANYONE),
          new Endpoint(HttpMethod.POST, "/api/admin/sync/delta", ADMIN),
          new Endpoint(HttpMethod.GET, "/api/admin/runs", ADMIN),
          new Endpoint(HttpMethod.GET, "/api/admin/runs/{id}", ADMIN),
          new Endpoint(HttpMethod.GET, "/api/admin/conflicts", ADMIN),
          new Endpoint(HttpMethod.POST, "/api/admin/conflicts/{id}/apply", ADMIN),
          new Endpoint(HttpMethod.POST, "/api/admin/conflicts/{id}/dismiss", ADMIN),
          new Endpoint(HttpMethod.GET, "/api/admin/dead-letters", ADMIN),
          new Endpoint(HttpMethod.POST, "/api/admin/dead-letters/{id}/retry", ADMIN),
          new Endpoint(HttpMethod.POST, "/api/admin/dead-letters/{id}/discard", ADMIN),
          new Endpoint(HttpMethod.GET, "/api/admin/clients", ADMIN),
          new Endpoint(HttpMethod.GET, "/api/admin/tables", ADMIN),
          new Endpoint(HttpMethod.GET, "/api/leads", ANYONE),
          new Endpoint(HttpMethod.GET, "/api/leads/{id}", ANYONE),
          new Endpoint(HttpMethod.POST, "/api/leads/{id}/claim", ANYONE),
          new Endpoint(HttpMethod.POST, "/api/leads/{id}/unclaim", ANYONE),
          new Endpoint(HttpMethod.GET, "/api/leads/{id}/notes", ANYONE),
          new Endpoint(HttpMethod.POST, "/api/leads/{id}/notes", ANYONE));

  private ApiAccess() {}

  /** What keeps this user from it; empty when nothing does. */
  static Optional<ApiError> refusal(HttpServletRequest request, User user) {
    Optional<Endpoint> endpoint = ENDPOINTS.stream().filter(e -> e.matches(request)).findFirst();
    if (endpoint.isPresent()) {
      return endpoint.get().roles().contains(user.role()) ? Optional.empty() : forbidden();
    }
    if (request.getRequestURI().startsWith(ADMIN_PATH) && !ADMIN.contains(user.role())) {
      return forbidden();
    }
    String allowed =
        ENDPOINTS.stream()
            .filter(e -> e.hasPath(request))
            .map(e -> e.method().name())
            .sorted()
            .collect(Collectors.joining(", "));
    return Optional.of(
        allowed.isEmpty()
            ? ApiError.notFound("there is nothing at this path")
            : ApiError.methodNotAllowed(allowed));
  }

  private static Optional<ApiError> forbidden() {
    return Optional.of(
        ApiError.forbidden(SUPER_ADMIN.name(), "the signed-in user has another role"));
  }

  record Endpoint(HttpMethod method, String path, Set<Role> roles, RequestMatcher matcher) {

    Endpoint(HttpMethod method, String path, Set<Role> roles) {
      this(method, path, roles, PathPatternRequestMatcher.withDefaults().matcher(path));
    }

    boolean matches(HttpServletRequest request) {
      return method.name().equals(request.getMethod()) && hasPath(request);
    }

    boolean hasPath(HttpServletRequest request) {
      return matcher.matches(request);
    }
  }
}
