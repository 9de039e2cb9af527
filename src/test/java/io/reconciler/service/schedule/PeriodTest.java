package io.reconciler.service.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeriodTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:07:00Z");

  @ParameterizedTest
  @CsvSource({
    "0 */20 * * * ?, 2026-03-01T11:46:59Z, true",
    "0 */20 * * * ?, 2026-03-01T11:47:00Z, false",
    "0 */20 * * * ?, 2026-03-01T12:06:00Z, false",
    "0 0 3 * * ?, 2026-02-28T12:06:59Z, true",
    "0 0 3 * * ?, 2026-03-01T03:00:00Z, false"
  })
  void a_client_is_overdue_when_what_is_pulled_is_older_than_a_period(
      String cron, Instant pulledUntil, boolean overdue) {
    assertThat(new Period(cron).isOverdue(pulledUntil, NOW)).isEqualTo(overdue);
  }

  @Test
  void a_client_that_was_never_loaded_is_overdue() {
    assertThat(new Period("0 */20 * * * ?").isOverdue(null, NOW)).isTrue();
  }

  @Test
  void a_schedule_that_comes_no_second_time_has_no_period() {
    assertThat(new Period("0 0 0 1 1 ? 2099").isOverdue(null, NOW)).isFalse();
  }
}
