package io.reconciler.engine.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.engine.run.RunRequest;
import io.reconciler.engine.run.Trigger;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where windows start; times are minutes on one clock. */
class WindowsTest {

  private static final Instant ZERO = Instant.parse("2026-03-04T05:00:00Z");

  @ParameterizedTest(name = "{0}, {1} min, pulled until {2}: from {3}")
  @CsvSource({
    "cli, 20, , 980",
    "cli, 20, 900, 980",
    "api, 20, 900, 980",
    "ui, 60, 999, 940",
    "schedule, 20, , 980",
    "schedule, 20, 999, 980",
    "schedule, 20, 982, 980",
    "schedule, 20, 981, 979",
    "schedule, 20, 100, 98"
  })
  void stage_1_starts_n_minutes_ago_or_for_the_schedule_at_the_watermark_less_the_overlap(
      String trigger, int minutes, @Nullable Long pulled, long start) {
    assertThat(Windows.pullStart(request(trigger, minutes, false), false, at(1000L), at(pulled)))
        .isEqualTo(at(start));
  }

  @Test
  void the_first_run_after_a_restore_starts_at_the_watermark_whatever_its_window() {
    assertThat(Windows.pullStart(request("cli", 20, false), true, at(1000L), at(100L)))
        .isEqualTo(at(98L));
  }

  @ParameterizedTest(name = "full {0}, from {1}, pulled until {2}: {3}")
  @CsvSource({
    "true, 980, , true",
    "true, 980, 100, true",
    "false, 980, , false",
    "false, 980, 982, true",
    "false, 979, 982, true",
    "false, 981, 982, false",
    "false, 980, 100, false"
  })
  void a_window_moves_the_watermark_when_it_reaches_behind_it_by_the_overlap(
      boolean full, long start, @Nullable Long pulled, boolean covers) {
    assertThat(Windows.coversPull(request("cli", 20, full), at(start), at(pulled)))
        .isEqualTo(covers);
  }

  @ParameterizedTest(name = "{0}, full {1}, pushed until {2}: from {3}")
  @CsvSource({
    "cli, false, , 980",
    "cli, false, 990, 980",
    "cli, false, 970, 970",
    "cli, true, 990, ",
    "schedule, false, , ",
    "schedule, false, 990, 980",
    "schedule, false, 970, 970",
    "schedule, true, 970, "
  })
  void stage_2_starts_n_minutes_ago_or_at_its_watermark_or_looks_at_every_lead(
      String trigger, boolean full, @Nullable Long pushed, @Nullable Long start) {
    Watermark watermark = new Watermark(null, at(pushed), null, null, at(1000L));

    assertThat(Windows.pushStart(request(trigger, 20, full), watermark))
        .isEqualTo(start == null ? Instant.EPOCH : at(start));
  }

  @ParameterizedTest(name = "grace of {0}, a transaction open since {1}: covered until {2}")
  @CsvSource({
    "0, , 998",
    "1, , 997",
    "30, , 968",
    "0, 990, 988",
    "1, 990, 988",
    "30, 990, 968",
    "30, 960, 958",
    "0, -9000, -442"
  })
  void stage_2_has_considered_what_is_older_than_grace_and_open_transactions_and_overlap(
      long grace, @Nullable Long open, long covered) {
    Watermark watermark = new Watermark(null, null, null, at(open), at(1000L));

    assertThat(Windows.pushCovered(watermark, Duration.ofMinutes(grace))).isEqualTo(at(covered));
  }

  private static RunRequest request(String trigger, int minutes, boolean full) {
    Trigger of = Trigger.valueOf(trigger.toUpperCase(java.util.Locale.ROOT));
    return new RunRequest(of, "test", minutes, null, full, false, false);
  }

  private static Instant at(@Nullable Long minutes) {
    return minutes == null ? null : ZERO.plus(Duration.ofMinutes(minutes));
  }
}
