package io.reconciler.service.web;

import io.reconciler.service.api.ApiError;
import io.reconciler.service.api.ApiException;
import io.reconciler.service.api.ApiRequest;
import io.reconciler.service.user.SignIn;
import io.reconciler.service.user.TooManyLoginsException;
import io.reconciler.service.user.User;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;

/** {@code POST /api/auth/login}: an e-mail address and a password for a token. */
public final class Login {

  private final SignIn signIn;
  private final @Nullable Tokens tokens;

  /** Null tokens: they come from an external issuer. */
  Login(SignIn signIn, @Nullable Tokens tokens) {
    this.signIn = signIn;
    this.tokens = tokens;
  }

  /**
   * A token for the user who signs in.
   *
   * @throws ApiException 400, 401 or 429; 404 when tokens come from an external issuer
   */
  public LoginAnswer login(ApiRequest request) {
    if (tokens == null) {
      throw new ApiException(ApiError.notFound("tokens come from an external issuer here"));
    }
    User user = user(request);
    Jwt token = tokens.issue(user);
    return new LoginAnswer(
        token.getTokenValue(),
        Objects.requireNonNull(token.getExpiresAt()).toString(),
        user.role().name());
  }

  private User user(ApiRequest request) {
    try {
      return signIn
          .with(request.text("email"), request.text("password"), request.address())
          .orElseThrow(() -> new ApiException(ApiError.wrongLogin()));
    } catch (TooManyLoginsException e) {
      throw new ApiException(
          ApiError.tooManyRequests(
              "too many failed attempts to sign in; try again later", e.retryAfterSeconds()));
    }
  }

  /** What a login takes; for the API's document. */
  public record LoginForm(String email, String password) {}

  /**
   * What a login gives.
   *
   * @param expiresAt ISO-8601, UTC
   */
  public record LoginAnswer(String token, String expiresAt, String role) {}
}
