package io.reconciler.user;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/** Hashes and checks passwords with bcrypt. */
public final class Passwords {

  /** Shorter ones are too easy to guess. */
  static final int SHORTEST = 8;

  /** Bcrypt sees no more bytes than these. */
  static final int LONGEST_BYTES = 72;

  private final BCryptPasswordEncoder bcrypt = new BCryptPasswordEncoder();
  private final String nobodys = bcrypt.encode("nobody's password");

  /** What is wrong with a new password, in words; empty when it can be used. */
  public static Optional<String> objection(String password) {
    if (password.codePointCount(0, password.length()) < SHORTEST) {
      return Optional.of("a password has at least " + SHORTEST + " characters");
    }
    if (password.getBytes(StandardCharsets.UTF_8).length > LONGEST_BYTES) {
      return Optional.of("a password has at most " + LONGEST_BYTES + " bytes");
    }
    return password.indexOf('\0') >= 0
        ? Optional.of("a password holds no NUL character")
        : Optional.empty();
  }

  /**
   * The hash to keep.
   *
   * @throws IllegalArgumentException when there is an objection to the password
   */
  public String hash(String password) {
    objection(password)
        .ifPresent(
            text -> {
              throw new IllegalArgumentException(text);
            });
    return bcrypt.encode(password);
  }

  boolean matches(String password, String hash) {
    return bcrypt.matches(password, hash);
  }

  /** Takes as long as a check does, so that the time does not tell whether there is a user. */
  void pretend(String password) {
    bcrypt.matches(password, nobodys);
  }
}
