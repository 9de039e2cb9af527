package io.reconciler.service.web;

import io.reconciler.service.user.User;
import io.reconciler.service.user.UserTable;
import java.util.Optional;
import java.util.UUID;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

/**
 * Finds the user of a token in {@code users}, at every request: one who was deactivated or has
 * another role now is so at once, and another password ends the tokens got for the one before.
 * Tokens of an external issuer name the user by e-mail address.
 */
final class TokenUsers implements Converter<Jwt, AbstractAuthenticationToken> {

  private final UserTable users;
  private final boolean external;

  TokenUsers(UserTable users, boolean external) {
    this.users = users;
    this.external = external;
  }

  @Override
  public AbstractAuthenticationToken convert(Jwt token) {
    return (external ? byEmail(token) : bySubject(token))
        .map(user -> (AbstractAuthenticationToken) SignedIn.as(user))
        .orElseThrow(() -> new InvalidBearerTokenException("no active user"));
  }

  private Optional<User> bySubject(Jwt token) {
    try {
      return users
          .byId(UUID.fromString(token.getSubject()))
          .filter(user -> user.version().equals(token.getClaims().get(Tokens.VERSION)));
    } catch (IllegalArgumentException | NullPointerException e) {
      return Optional.empty();
    }
  }

  // An address that its issuer has not verified could be anybody's.
  private Optional<User> byEmail(Jwt token) {
    String email = token.getClaimAsString("email");
    boolean verified = "true".equals(String.valueOf(token.getClaims().get("email_verified")));
    boolean ends = token.getExpiresAt() != null;
    return email == null || !verified || !ends ? Optional.empty() : users.byEmail(email);
  }
}
