package io.reconciler.program.boot;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reconciler.settings.InvalidSettingsException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class TokenIssuerTest {

  private static final String JWT = "SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_";

  private static void check(Map<String, Object> variables) {
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .addFirst(
            new SystemEnvironmentPropertySource(
                "test-systemEnvironment", new HashMap<>(variables)));
    TokenIssuer.check(environment);
  }

  @Test
  void an_issuer_needs_an_audience() {
    assertThatCode(() -> check(Map.of())).doesNotThrowAnyException();
    assertThatThrownBy(() -> check(Map.of(JWT + "ISSUER_URI", "https://id.example")))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining(JWT + "AUDIENCES");
    assertThatCode(
            () ->
                check(
                    Map.of(
                        JWT + "ISSUER_URI", "https://id.example", JWT + "AUDIENCES", "reconciler")))
        .doesNotThrowAnyException();
  }
}
