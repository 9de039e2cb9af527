package io.reconciler.service.web;

import com.nimbusds.jose.jwk.source.ImmutableSecret;
import io.reconciler.service.user.User;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;

/** Our own bearer tokens: JWTs, HS256, good for one hour, for this service alone. */
final class Tokens {

  /** How long a token is good. */
  static final Duration LIFE = Duration.ofHours(1);

  /** The claim that ends a token with the password it was got for. */
  static final String VERSION = "ver";

  /** The clocks of two instances may differ by so much. */
  private static final Duration SKEW = Duration.ofSeconds(30);

  private static final String SELF = "reconciler";
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKey key;
  private final Clock clock;
  private final JwtEncoder encoder;

  Tokens(byte[] secret, Clock clock) {
    this.key = new SecretKeySpec(secret, ALGORITHM);
    this.clock = clock;
    this.encoder = new NimbusJwtEncoder(new ImmutableSecret<>(key));
  }

  /** A token for this user, good from now on. */
  Jwt issue(User user) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    JwtClaimsSet.Builder claims =
        JwtClaimsSet.builder()
            .issuer(SELF)
            .audience(List.of(SELF))
            .subject(user.id().toString())
            .claim("email", user.email())
            .claim("role", user.role().name())
            .claim(VERSION, user.version())
            .issuedAt(now)
            .expiresAt(now.plus(LIFE));
    if (user.clientId() != null) {
      claims.claim("client_id", user.clientId().toString());
    }
    JwsHeader header = JwsHeader.with(MacAlgorithm.HS256).build();
    return encoder.encode(JwtEncoderParameters.from(header, claims.build()));
  }

  /** Accepts these tokens and no others. */
  JwtDecoder decoder() {
    NimbusJwtDecoder decoder =
        NimbusJwtDecoder.withSecretKey(key).macAlgorithm(MacAlgorithm.HS256).build();
    JwtTimestampValidator time = new JwtTimestampValidator(Duration.ZERO);
    time.setClock(clock);
    decoder.setJwtValidator(
        new DelegatingOAuth2TokenValidator<>(
            time,
            new JwtClaimValidator<Instant>("exp", this::isNotTooFar),
            new JwtClaimValidator<Instant>("iat", this::isPast),
            new JwtClaimValidator<String>("iss", SELF::equals),
            new JwtClaimValidator<List<String>>(
                "aud", audience -> audience != null && audience.contains(SELF))));
    return decoder;
  }

  // Whoever once had the secret could have made one for years.
  private boolean isNotTooFar(@Nullable Instant expires) {
    return expires != null && !expires.isAfter(clock.instant().plus(LIFE).plus(SKEW));
  }

  private boolean isPast(@Nullable Instant issued) {
    return issued != null && !issued.isAfter(clock.instant().plus(SKEW));
  }
}
