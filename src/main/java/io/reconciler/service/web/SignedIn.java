package io.reconciler.service.web;

import io.reconciler.service.user.User;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** A user as Spring Security knows one. */
final class SignedIn {

  private SignedIn() {}

  static Authentication as(User user) {
    return UsernamePasswordAuthenticationToken.authenticated(
        user, null, List.of(new SimpleGrantedAuthority("ROLE_" + user.role())));
  }

  static Optional<User> user(@Nullable Authentication authentication) {
    return authentication != null && authentication.getPrincipal() instanceof User user
        ? Optional.of(user)
        : Optional.empty();
  }
}
