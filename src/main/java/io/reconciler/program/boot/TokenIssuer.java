package io.reconciler.program.boot;

import io.reconciler.settings.InvalidSettingsException;
import java.util.List;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.ConfigurableEnvironment;

/** An issuer of tokens outside, which is set by Spring Boot's own variables. */
public final class TokenIssuer {

  private static final String PREFIX = "spring.security.oauth2.resourceserver.jwt.";
  private static final List<String> ISSUERS =
      List.of("issuer-uri", "jwk-set-uri", "public-key-location");

  private TokenIssuer() {}

  /**
   * Makes sure that its tokens for others are not taken.
   *
   * @throws InvalidSettingsException when no audience is named
   */
  public static void check(ConfigurableEnvironment environment) {
    ConfigurationPropertySources.attach(environment);
    boolean external =
        ISSUERS.stream().anyMatch(name -> environment.getProperty(PREFIX + name) != null);
    if (external
        && environment.getProperty(PREFIX + "audiences") == null
        && environment.getProperty(PREFIX + "audiences[0]") == null) {
      throw new InvalidSettingsException(
          List.of(
              "SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_AUDIENCES is missing: the issuer's tokens"
                  + " for other services would be taken; for example reconciler"));
    }
  }
}
