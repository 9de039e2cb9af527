package io.reconciler.service.web;

import io.reconciler.service.user.User;
import io.reconciler.service.user.UserTable;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;

/**
 * Signs a user in who sends the password along with every request: one that was right is not
 * checked again for a minute, since checking it takes a tenth of a second. A user who was
 * deactivated or has another role or password is so at once.
 */
final class RememberedLogin implements AuthenticationProvider {

  private static final Duration GOOD = Duration.ofMinutes(1);
  private static final int MOST = 1_000;
  private static final int KEY_BYTES = 32;
  private static final String ALGORITHM = "HmacSHA256";

  private final PasswordLogin login;
  private final UserTable users;
  private final Clock clock;
  private final SecretKeySpec key;
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  RememberedLogin(PasswordLogin login, UserTable users, Clock clock) {
    this.login = login;
    this.users = users;
    this.clock = clock;
    byte[] random = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(random);
    this.key = new SecretKeySpec(random, ALGORITHM);
  }

  @Override
  public Authentication authenticate(Authentication given) {
    String name = digest(given);
    Optional<User> user =
        Optional.ofNullable(known.get(name))
            .filter(entry -> clock.instant().isBefore(entry.until()))
            .flatMap(
                entry -> users.byId(entry.id()).filter(u -> u.version().equals(entry.version())));
    return user.map(SignedIn::as).orElseGet(() -> check(name, given));
  }

  private Authentication check(String name, Authentication given) {
    known.remove(name);
    Authentication done = login.authenticate(given);
    if (known.size() >= MOST) {
      known.clear();
    }
    SignedIn.user(done).ifPresent(user -> known.put(name, known(user)));
    return done;
  }

  private Known known(User user) {
    return new Known(user.id(), user.version(), clock.instant().plus(GOOD));
  }

  // Neither the password nor anything it could be guessed from is kept.
  private String digest(Authentication given) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(given.getName().getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      mac.update(String.valueOf(given.getCredentials()).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(mac.doFinal());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }

  @Override
  public boolean supports(Class<?> type) {
    return login.supports(type);
  }

  private record Known(UUID id, String version, Instant until) {}
}
