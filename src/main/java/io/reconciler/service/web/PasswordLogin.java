package io.reconciler.service.web;

import io.reconciler.service.user.SignIn;
import io.reconciler.service.user.TooManyLoginsException;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/** Signs a user in with e-mail address and password, for a session or for one request. */
final class PasswordLogin implements AuthenticationProvider {

  private final SignIn signIn;

  PasswordLogin(SignIn signIn) {
    this.signIn = signIn;
  }

  @Override
  public Authentication authenticate(Authentication given) {
    String address =
        given.getDetails() instanceof WebAuthenticationDetails details
            ? details.getRemoteAddress()
            : "unknown";
    String password = given.getCredentials() == null ? "" : given.getCredentials().toString();
    try {
      return signIn
          .with(given.getName(), password, address)
          .map(SignedIn::as)
          .orElseThrow(() -> new BadCredentialsException("unknown user or wrong password"));
    } catch (TooManyLoginsException e) {
      throw new TooManyLogins(e);
    }
  }

  @Override
  public boolean supports(Class<?> type) {
    return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
  }
}
