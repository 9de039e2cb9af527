package io.reconciler.service.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeadJsonTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-01-05T12:00:00+00:00",
        "2026-01-05T12:00:00.1+00:00",
        "2026-01-05T12:00:00.12+00:00",
        "2026-01-05T12:00:00.123+00:00",
        "2026-01-05T12:00:00.1234+00:00",
        "2026-01-05T12:00:00.12345+00:00",
        "2026-01-05T12:00:00.123456+00:00",
        "2026-01-05T12:00:00.123+02:00",
        "2026-01-05T12:00:00-05:30",
        "12026-01-05T12:00:00+00:00"
      })
  void a_time_is_shown_as_an_instant_in_utc(String time) {
    String text = time.startsWith("12026") ? "+" + time : time;

    assertThat(LeadJson.utc(text)).isEqualTo(OffsetDateTime.parse(text).toInstant().toString());
  }
}
