package io.reconciler.service.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.settings.Networks;
import io.reconciler.settings.Settings;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForwardedTest {

  private static final Networks TRUSTED =
      Settings.read(Map.of("RECONCILER_TRUSTED_PROXIES", "10.0.0.0/8, fd00::/8")::get, Set.of())
          .web()
          .trustedProxies();

  private static Forwarded of(Map<String, String> headers) {
    return Forwarded.of(headers::get, TRUSTED);
  }

  @ParameterizedTest
  @CsvSource({
    "'203.0.113.7', 203.0.113.7",
    "'1.1.1.1, 203.0.113.7', 203.0.113.7",
    "'203.0.113.7, 10.1.2.3', 203.0.113.7",
    "'1.1.1.1,203.0.113.7:4711,10.1.2.3', 203.0.113.7",
    "'[2001:db8::1]:4711', 2001:db8::1",
    "'2001:db8::1, fd00::1', 2001:db8::1",
    "'10.1.1.1, 10.2.2.2', 10.1.1.1",
    "'evil.example, 10.2.2.2', 10.2.2.2",
    "'unknown', "
  })
  void the_client_is_the_last_that_is_no_proxy(String header, @Nullable String address) {
    assertThat(of(Map.of("X-Forwarded-For", header)).address()).isEqualTo(address);
  }

  @Test
  void the_standard_header_says_the_same() {
    Forwarded said =
        of(
            Map.of(
                "Forwarded",
                "for=1.1.1.1, For=\"[2001:db8::1]:4711\";Proto=https;host=\"sync.example:8443\""));
    assertThat(said).isEqualTo(new Forwarded("2001:db8::1", "https", "sync.example:8443", null));
    assertThat(of(Map.of("Forwarded", "for=1.1.1.1", "X-Forwarded-For", "2.2.2.2")).address())
        .isEqualTo("2.2.2.2");
  }

  @Test
  void nonsense_is_left_out() {
    Forwarded said =
        of(
            Map.of(
                "X-Forwarded-Proto", "javascript",
                "X-Forwarded-Host", "evil.example/path",
                "X-Forwarded-Port", "x"));
    assertThat(said).isEqualTo(new Forwarded(null, null, null, null));
  }
}
