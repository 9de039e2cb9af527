package io.reconciler.engine.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.reconciler.side.postgres.Migrations;
import io.reconciler.side.postgres.permit.RequestPermits;
import io.reconciler.side.postgres.permit.RequestPermits.Permit;
import io.reconciler.side.postgres.permit.RequestRate;
import io.reconciler.world.MutableClock;
import io.reconciler.world.TestDatabase;
import io.reconciler.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Permits with and without a database that has them. */
class DoorPermitsTest {

  private static final String BASE = "appAbCdEfGhIjKlMn";
  private HikariDataSource database;
  private DoorPermits permits;
  private final MutableClock clock = new MutableClock("2026-01-02T03:04:05Z");

  private void open(String url) {
    database = TestDatabase.pool(url);
    RequestRate rate = new RequestRate(1, Duration.ofHours(1));
    permits = new DoorPermits(new RequestPermits(JdbcClient.create(database), rate), clock);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void permits_are_shared_where_the_database_has_them() {
    open(TestDatabase.migratedUrl());

    Permit first = permits.take(BASE, false);
    Permit second = permits.take(BASE, false);

    assertThat(first.isShared()).isTrue();
    assertThat(second.granted()).isFalse();
  }

  @Test
  void a_429_halves_the_pace_and_it_grows_back() {
    open(TestDatabase.migratedUrl());
    RequestPermits five =
        new RequestPermits(JdbcClient.create(database), new RequestRate(5, Duration.ofSeconds(1)));

    assertThat(taken(five)).isEqualTo(5);
    assertThat(five.lowerPace(BASE)).isTrue();
    assertThat(five.lowerPace(BASE)).as("a moment later").isFalse();
    assertThat(taken(five)).isEqualTo(2);
    passed("11 seconds");
    assertThat(five.lowerPace(BASE)).isTrue();
    assertThat(taken(five)).isEqualTo(1);
    passed("15 minutes");
    assertThat(taken(five)).as("three quarters less a half of it").isEqualTo(3);
    passed("20 minutes");
    assertThat(taken(five)).isEqualTo(5);
  }

  @Test
  void less_than_a_request_a_period_makes_the_period_longer() {
    open(TestDatabase.migratedUrl());
    RequestPermits one =
        new RequestPermits(JdbcClient.create(database), new RequestRate(1, Duration.ofMinutes(10)));
    Permit permit = one.take(BASE);
    one.lowerPace(BASE);

    one.release(BASE, permit, Duration.ofSeconds(1));

    assertThat(
            JdbcClient.create(database)
                .sql(
                    "select free_at > now() + interval '19 minutes' from reconciler.request_permit")
                .query(Boolean.class)
                .single())
        .isTrue();
  }

  @Test
  void a_token_has_fifty_permits_over_all_its_bases() {
    open(TestDatabase.migratedUrl());
    RequestPermits five =
        new RequestPermits(JdbcClient.create(database), new RequestRate(5, Duration.ofSeconds(1)));
    Map<String, List<Permit>> taken = new TreeMap<>();
    for (int base = 10; base < 22; base++) {
      taken.put(BASE + base, taken(five, BASE + base));
    }

    assertThat(taken.values().stream().mapToInt(List::size).sum()).isEqualTo(50);
    assertThat(taken.get(BASE + 20)).as("the eleventh base").isEmpty();
    assertThat(five.take(BASE + 21).delay()).isPositive();
    database(
        "update reconciler.token_permit set free_at = '-infinity' where slot = "
            + taken.get(BASE + 10).get(0).tokenSlot());
    assertThat(taken(five, BASE + 21)).hasSize(1);
  }

  @Test
  void a_permit_is_free_one_period_after_the_sending_and_after_a_429_after_the_answer() {
    open(TestDatabase.migratedUrl());
    RequestPermits hourly =
        new RequestPermits(JdbcClient.create(database), new RequestRate(5, Duration.ofHours(1)));
    for (int i = 0; i < 10; i++) {
      hourly.release("appOtherOtherOther", new Permit(1, 1, Duration.ZERO), Duration.ZERO);
    }
    Permit quick = hourly.take(BASE);
    Permit careful = hourly.take(BASE);

    hourly.release(BASE, quick, Duration.ofMinutes(40));
    hourly.lowerPace(BASE);
    hourly.release(BASE, careful, Duration.ofMinutes(40));

    assertThat(minutesUntilFree(quick)).isEqualTo(20);
    assertThat(minutesUntilFree(careful)).isEqualTo(60);
  }

  private long minutesUntilFree(Permit permit) {
    return JdbcClient.create(database)
        .sql(
            "select round(extract(epoch from free_at - clock_timestamp()) / 60)"
                + " from reconciler.request_permit where slot = :slot")
        .param("slot", permit.slot())
        .query(Long.class)
        .single();
  }

  private void database(String sql) {
    JdbcClient.create(database).sql(sql).update();
  }

  private static List<Permit> taken(RequestPermits from, String base) {
    return Stream.generate(() -> from.take(base)).takeWhile(Permit::granted).toList();
  }

  private int taken(RequestPermits from) {
    database("update reconciler.request_permit set free_at = '-infinity'");
    database("update reconciler.token_permit set free_at = '-infinity'");
    int taken = 0;
    while (from.take(BASE).granted()) {
      taken++;
    }
    return taken;
  }

  // The database's clock can't be moved: what it has written down is.
  private void passed(String time) {
    JdbcClient.create(database)
        .sql(
            "update reconciler.request_pace set lowered_at = lowered_at - cast(:time as interval),"
                + " held_until = held_until - cast(:time as interval)")
        .param("time", time)
        .update();
  }

  @Test
  void a_run_does_not_go_without_shared_permits() {
    open(TestDatabase.url());
    assertThatThrownBy(() -> permits.take(BASE, true)).isInstanceOf(DataAccessException.class);
    assertThatThrownBy(() -> permits.pause(BASE, Duration.ofSeconds(30), true))
        .isInstanceOf(DataAccessException.class);
  }

  @Test
  void a_request_outside_a_run_goes_without_when_there_are_none() {
    open(TestDatabase.url());
    Permit permit = permits.take(BASE, false);

    assertThat(permit.granted()).isTrue();
    assertThat(permit.isShared()).isFalse();
    assertThat(permit.delay()).isZero();
  }

  @Test
  void a_request_outside_a_run_goes_without_when_there_is_no_database() {
    open(TestDatabase.url());
    database.close();

    assertThat(permits.take(BASE, false).granted()).isTrue();
  }

  @Test
  void the_database_is_asked_again_after_a_minute() {
    open(TestDatabase.url());
    permits.take(BASE, false);
    new Migrations(database, World.defaultMapping()).migrate();

    assertThat(permits.take(BASE, false).isShared()).isFalse();
    clock.forward(Duration.ofSeconds(60));
    assertThat(permits.take(BASE, false).isShared()).isTrue();
  }

  @Test
  void a_pause_that_can_not_be_shared_still_holds_here() {
    open(TestDatabase.url());
    permits.pause(BASE, Duration.ofSeconds(30), false);

    assertThat(permits.take(BASE, false).delay()).isEqualTo(Duration.ofSeconds(30));
    assertThat(permits.take("appOtherOtherOther", false).delay()).isZero();
    clock.forward(Duration.ofSeconds(30));
    assertThat(permits.take(BASE, false).delay()).isZero();
  }

  @Test
  void a_pause_that_can_not_be_shared_is_over_after_all_of_it() {
    open(TestDatabase.url());
    permits.pause(BASE, Duration.ofSeconds(30), false);
    AirtableAttempt attempt = new AirtableAttempt(null, clock.instant());
    Instant begun = clock.instant();

    while (attempt.isWaiting()) {
      attempt.permit(permits.take(BASE, false));
      assertThat(attempt.waitMillis()).isBetween(0L, 1000L);
      clock.forward(Duration.ofMillis(attempt.waitMillis()));
    }

    assertThat(clock.instant()).isEqualTo(begun.plusSeconds(30));
  }

  @Test
  void a_shorter_pause_does_not_end_a_longer_one() {
    open(TestDatabase.url());
    permits.pause(BASE, Duration.ofSeconds(30), false);
    permits.pause(BASE, Duration.ofSeconds(1), false);
    clock.forward(Duration.ofSeconds(29));

    assertThat(permits.take(BASE, false).granted()).isFalse();
    clock.forward(Duration.ofSeconds(1));
    assertThat(permits.take(BASE, false).granted()).isTrue();
  }

  @Test
  void a_pause_outlasts_the_database_that_was_told_of_it() {
    open(TestDatabase.migratedUrl());
    permits.take(BASE, false);
    permits.pause(BASE, Duration.ofSeconds(30), false);
    database.close();

    assertThat(permits.take(BASE, false).delay()).isEqualTo(Duration.ofSeconds(30));
    assertThat(permits.take(BASE, false).granted()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void the_database_is_told_of_a_pause_as_soon_as_it_is_there(boolean inRun) {
    open(TestDatabase.url());
    permits.pause(BASE, Duration.ofHours(1), false);
    new Migrations(database, World.defaultMapping()).migrate();
    clock.forward(Duration.ofMinutes(10));

    assertThat(permits.take(BASE, inRun).granted()).isFalse();
    assertThat(
            JdbcClient.create(database)
                .sql(
                    "select round(extract(epoch from paused_until - clock_timestamp()) / 60)"
                        + " from reconciler.request_pause where base_id = :base")
                .param("base", BASE)
                .query(Long.class)
                .single())
        .isEqualTo(50);
    database("delete from reconciler.request_pause");
    assertThat(permits.take(BASE, inRun).isShared()).as("told once").isTrue();
  }

  @Test
  void a_permit_that_can_not_be_given_back_is_let_go_outside_a_run() {
    open(TestDatabase.migratedUrl());
    Permit permit = permits.take(BASE, false);
    database.close();

    permits.release(BASE, permit, Duration.ZERO, false);

    assertThat(permits.take(BASE, false).granted()).isTrue();
    assertThatThrownBy(() -> permits.release(BASE, permit, Duration.ZERO, true))
        .isInstanceOf(DataAccessException.class);
  }
}
