package io.reconciler.service.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.engine.budget.Budget;
import io.reconciler.world.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FreshnessTest {

  private static final Instant START = Instant.parse("2026-03-06T12:00:00Z");

  private final MutableClock now = new MutableClock(START);
  private final Freshness freshness = new Freshness("0 */20 * * * ?", now);

  private static WatchedClient client(Instant reconciled) {
    return new WatchedClient("appOne", "One", reconciled, 0, 0, 0);
  }

  private List<WatchedClient> overdue(Freshness freshness, WatchedClient client, Duration later) {
    now.set(START.plus(later));
    return freshness.overdue(List.of(client), null);
  }

  @Test
  void a_client_is_overdue_when_three_times_of_the_schedule_have_come_since_its_last_good_run() {
    WatchedClient client = client(START.plusSeconds(1205));
    assertThat(overdue(freshness, client, Duration.ofMinutes(79))).isEmpty();
    assertThat(overdue(freshness, client, Duration.ofMinutes(80))).containsExactly(client);
    assertThat(overdue(freshness, client(START.plusSeconds(4803)), Duration.ofMinutes(81)))
        .isEmpty();
  }

  @Test
  void the_time_of_a_client_without_a_good_run_begins_with_the_service() {
    WatchedClient never = client(null);
    assertThat(overdue(freshness, never, Duration.ofMinutes(59))).isEmpty();
    assertThat(overdue(freshness, never, Duration.ofMinutes(60))).containsExactly(never);
  }

  @Test
  void after_a_downtime_the_service_has_the_same_time_to_catch_up() {
    WatchedClient old = client(START.minus(Duration.ofDays(3)));
    assertThat(overdue(freshness, old, Duration.ofMinutes(59))).isEmpty();
    assertThat(overdue(freshness, old, Duration.ofMinutes(60))).containsExactly(old);
  }

  @Test
  void a_client_that_is_activated_again_has_its_time_again() {
    WatchedClient back = client(START.plusSeconds(5));
    now.set(START.plus(Duration.ofHours(9)));
    assertThat(freshness.overdue(List.of(), null)).isEmpty();
    assertThat(overdue(freshness, back, Duration.ofMinutes(599))).isEmpty();
    assertThat(overdue(freshness, back, Duration.ofHours(10))).containsExactly(back);
  }

  @Test
  void a_schedule_with_a_long_pause_is_not_overdue_in_it() {
    Freshness weekdays = new Freshness("0 0 3 ? * MON-FRI", now);
    WatchedClient friday = client(Instant.parse("2026-03-06T12:10:00Z"));
    assertThat(overdue(weekdays, friday, Duration.ofDays(4))).isEmpty();
    assertThat(overdue(weekdays, friday, Duration.ofDays(5))).containsExactly(friday);
  }

  @Test
  void a_schedule_that_is_over_makes_nobody_overdue() {
    Freshness over = new Freshness("0 0 0 1 1 ? 2027", now);
    assertThat(overdue(over, client(null), Duration.ofDays(700))).isEmpty();
  }

  // Of a month of 31 days 25.5 are left.
  private static Budget budget(long used) {
    return new Budget(1_000, used, 72, START);
  }

  @Test
  void a_client_has_as_many_times_longer_as_the_quota_stretches_the_schedule() {
    WatchedClient client = client(START);
    Budget twice = budget(32);
    assertThat(twice.stretch()).isBetween(1.99, 2.01);
    freshness.overdue(List.of(client), twice);
    now.set(START.plus(Duration.ofMinutes(118)));
    assertThat(freshness.overdue(List.of(client), twice)).isEmpty();
    now.set(START.plus(Duration.ofMinutes(122)));
    assertThat(freshness.overdue(List.of(client), twice)).containsExactly(client);
  }

  @Test
  void nobody_is_overdue_while_the_quota_stops_the_schedule_nor_at_once_after_it() {
    WatchedClient client = client(START);
    now.set(START.plus(Duration.ofDays(9)));
    assertThat(freshness.overdue(List.of(client), budget(950))).isEmpty();
    assertThat(freshness.overdue(List.of(client), null)).isEmpty();
    assertThat(overdue(freshness, client, Duration.ofDays(9).plusMinutes(59))).isEmpty();
    assertThat(overdue(freshness, client, Duration.ofDays(9).plusMinutes(60)))
        .containsExactly(client);
  }
}
