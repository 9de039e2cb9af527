package io.reconciler.engine.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.reconciler.engine.budget.Budget.Work;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a month's requests allow, most important work first. */
class BudgetTest {

  private static final Instant MIDDLE = Instant.parse("2026-04-16T00:00:00Z");
  private static final Duration PERIOD = Duration.ofMinutes(20);

  @Test
  void what_the_schedule_will_use_is_forecast_from_its_cost_and_the_days_left() {
    Budget budget = new Budget(100_000, 1_000, 72, MIDDLE);

    assertThat(budget.forecast()).isEqualTo(1_000 + 15 * 72);
    assertThat(budget.isShort()).isFalse();
    assertThat(budget.stretch()).isEqualTo(1);
  }

  @Test
  void a_schedule_that_would_use_more_is_stretched_so_that_the_rest_will_do() {
    Budget budget = new Budget(1_000, 410, 72, MIDDLE);

    assertThat(budget.isShort()).isTrue();
    assertThat(budget.stretch()).isCloseTo(1_080 / 540.0, within(0.001));
  }

  @ParameterizedTest
  @CsvSource({
    // used, user, run, sweep, refresh
    "0, true, true, true, true",
    "100, true, true, true, false",
    "520, true, true, false, false",
    "960, true, false, false, false",
    "5000, true, false, false, false",
  })
  void the_least_important_goes_first(
      long used, boolean user, boolean run, boolean sweep, boolean refresh) {
    Budget budget = new Budget(1_000, used, 60, MIDDLE);
    Duration longAgo = Duration.ofDays(1);

    assertThat(budget.allows(Work.USER, longAgo, PERIOD)).isEqualTo(user);
    assertThat(budget.allows(Work.RUN, longAgo, PERIOD)).isEqualTo(run);
    assertThat(budget.allows(Work.SWEEP, longAgo, PERIOD)).isEqualTo(sweep);
    assertThat(budget.allows(Work.REFRESH, longAgo, PERIOD)).isEqualTo(refresh);
  }

  @Test
  void every_second_trigger_is_left_out_at_twice_the_period() {
    Budget twice = new Budget(1_000, 410, 72, MIDDLE);

    assertThat(twice.wait(PERIOD)).isEqualTo(Duration.ofMinutes(30));
    assertThat(new Budget(100_000, 0, 72, MIDDLE).wait(PERIOD)).isZero();
    assertThat(twice.allows(Work.RUN, Duration.ofMinutes(20), PERIOD)).isFalse();
    assertThat(twice.allows(Work.RUN, Duration.ofMinutes(40).minusSeconds(5), PERIOD)).isTrue();
  }

  // A month of triggers every 20 minutes, one request each, and a sweep of 10 a week.
  @ParameterizedTest
  @CsvSource({"1000", "1500", "2100", "100000"})
  void a_month_ends_within_its_quota_and_is_spread_over_all_of_it(long quota) {
    Instant now = Instant.parse("2026-04-01T00:00:00Z");
    Instant end = Instant.parse("2026-05-01T00:00:00Z");
    Instant last = now.minus(PERIOD);
    long used = 0;
    long runs = 0;
    while (now.isBefore(end)) {
      Budget budget = new Budget(quota, used, 72 + 10 / 7.0, now);
      if (budget.allows(Work.RUN, Duration.between(last, now), PERIOD)) {
        used++;
        runs++;
        last = now;
      }
      now = now.plus(PERIOD);
    }

    assertThat(used).isLessThanOrEqualTo(quota);
    assertThat(runs).isGreaterThan(Math.min(2_100, Math.round(quota * 0.7)));
    assertThat(Duration.between(last, end)).isLessThan(Duration.ofHours(3));
  }

  @Test
  void it_says_what_is_done_about_it() {
    Budget twice = new Budget(1_000, 410, 72, MIDDLE);

    assertThat(BudgetText.shortage(twice, PERIOD))
        .isEqualTo(
            "410 of the plan's 1,000 requests of this month are used, and the schedule as it is set"
                + " would make it about 1,490 by the month's end: runs come about every 40 minutes"
                + " instead of 20; refreshes of computed fields are left out");
    assertThat(BudgetText.shortage(twice, Duration.ofSeconds(10)))
        .contains("runs come about every 20 seconds instead of 10;");
    assertThat(BudgetText.shortage(new Budget(1_000, 990, 72, MIDDLE), PERIOD))
        .endsWith("nothing more until the month turns; what is left is for what users ask for");
  }
}
