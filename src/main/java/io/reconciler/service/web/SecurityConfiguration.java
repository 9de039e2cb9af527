package io.reconciler.service.web;

import io.reconciler.service.api.DatabaseErrors;
import io.reconciler.service.user.Passwords;
import io.reconciler.service.user.SignIn;
import io.reconciler.service.user.UserTable;
import io.reconciler.settings.Secret;
import io.reconciler.settings.Settings;
import io.reconciler.side.postgres.BriefWaits;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.IntSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.SecurityFilterChain;

/** Who gets in: to the management endpoints, to the API, to the pages. */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
public class SecurityConfiguration {

  private static final Logger LOG = LoggerFactory.getLogger(SecurityConfiguration.class);
  private static final int SECRET_BYTES = 32;
  private static final int NO_PORT = -1;

  @Bean
  UserTable userTable(DataSource database, Settings settings) {
    return new UserTable(BriefWaits.on(database), settings.storage().users());
  }

  @Bean
  SignIn signIn(UserTable users, Clock clock) {
    return new SignIn(users, new Passwords(), clock);
  }

  @Bean
  PasswordLogin passwordLogin(SignIn signIn) {
    return new PasswordLogin(signIn);
  }

  @Bean
  Tokens tokens(Settings settings, Clock clock) {
    return new Tokens(secret(settings.jwtSecret()), clock);
  }

  // Boot makes a decoder when an external issuer is configured.
  @Bean
  Login login(SignIn signIn, Tokens tokens, ObjectProvider<JwtDecoder> issuer) {
    return new Login(signIn, issuer.getIfAvailable() == null ? tokens : null);
  }

  // Not a bean: Boot would put it before every other filter a second time.
  private final BodyGuard bodies = new BodyGuard();

  @Bean
  Sessions sessions(Clock clock) {
    return new Sessions(clock);
  }

  @Bean
  @Order(1)
  SecurityFilterChain managementChain(
      HttpSecurity http,
      PasswordLogin login,
      UserTable users,
      Clock clock,
      Settings settings,
      DatabaseErrors database,
      Environment environment)
      throws Exception {
    IntSupplier port =
        () -> environment.getProperty("local.management.port", Integer.class, NO_PORT);
    RememberedLogin remembered = new RememberedLogin(login, users, clock);
    return new ManagementSecurity(remembered, bodies, settings.web(), database, port).chain(http);
  }

  @Bean
  @Order(2)
  SecurityFilterChain apiChain(
      HttpSecurity http, UserTable users, Tokens tokens, ObjectProvider<JwtDecoder> issuer)
      throws Exception {
    JwtDecoder external = issuer.getIfAvailable();
    return new ApiSecurity(
            external == null ? tokens.decoder() : external,
            new TokenUsers(users, external != null),
            bodies)
        .chain(http);
  }

  @Bean
  @Order(3)
  SecurityFilterChain pageChain(HttpSecurity http, UserTable users, Sessions sessions)
      throws Exception {
    return new PageSecurity(users, sessions, bodies).chain(http);
  }

  private static byte[] secret(@Nullable Secret given) {
    if (given != null) {
      return given.reveal().getBytes(StandardCharsets.UTF_8);
    }
    LOG.warn(
        "RECONCILER_JWT_SECRET is not set: a secret was made for this start, so tokens end with this"
            + " process and no other instance accepts them");
    byte[] secret = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(secret);
    return secret;
  }
}
