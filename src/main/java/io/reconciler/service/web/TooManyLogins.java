package io.reconciler.service.web;

import org.springframework.security.core.AuthenticationException;

/** Too many attempts to sign in failed: as Spring Security has to be told. */
final class TooManyLogins extends AuthenticationException {

  private static final long serialVersionUID = 1L;

  TooManyLogins(Throwable cause) {
    super("too many failed attempts", cause);
  }
}
