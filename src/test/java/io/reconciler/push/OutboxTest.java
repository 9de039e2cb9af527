package io.reconciler.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import io.reconciler.merge.GroupValues;
import io.reconciler.world.MutableClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long a batch may go as it was decided. */
class OutboxTest {

  private final MutableClock clock = new MutableClock("2026-01-05T12:00:00Z");
  private final SendTimes times = new SendTimes(Duration.ofMillis(200), Duration.ofMillis(500));
  private Outbox outbox;

  @BeforeEach
  void open() {
    outbox = new Outbox(times, clock);
  }

  @Test
  void nothing_goes_before_a_read_and_nothing_more_than_two_seconds_after_it() {
    Instant read = clock.instant();
    outbox.put(pushes(25), Map.of());
    assertThat(outbox.isReady()).isFalse();

    outbox.read(read, List.of());
    clock.forward(Duration.ofSeconds(2));
    boolean justInTime = outbox.isReady();
    clock.forward(Duration.ofMillis(1));

    assertThat(justInTime).isTrue();
    assertThat(outbox.isReady()).isFalse();
    assertThat(outbox.isEmpty()).isFalse();
  }

  @Test
  void one_read_is_enough_for_a_hundred_records_sent_without_a_wait() {
    ready(100);
    for (int i = 0; i < 10; i++) {
      assertThat(outbox.isReady()).isTrue();
      clock.forward(Duration.ofMillis(190));
      outbox.done();
    }

    assertThat(outbox.isEmpty()).isTrue();
  }

  @Test
  void a_failed_attempt_asks_for_another_read_and_the_fifth_is_the_last() throws Exception {
    ready(10);
    IOException cause = new IOException("reset");
    for (int i = 0; i < 4; i++) {
      long pause = outbox.failed(cause);
      assertThat(pause).isBetween(250L << i, 750L << i);
      assertThat(outbox.isReady()).isFalse();
      ready(10);
    }

    assertThatThrownBy(() -> outbox.failed(cause)).isSameAs(cause);
  }

  @Test
  void attempts_at_another_batch_are_counted_from_the_start() throws Exception {
    ready(20);
    IOException cause = new IOException("reset");
    for (int batch = 0; batch < 2; batch++) {
      for (int i = 0; i < 4; i++) {
        outbox.failed(cause);
      }
      outbox.done();
    }

    assertThat(outbox.isEmpty()).isTrue();
  }

  @Test
  void the_parts_of_a_split_batch_stay_apart_when_they_are_decided_again() {
    ready(10);
    outbox.split();
    ready(10);

    assertThat(outbox.next().recordIds()).hasSize(5);
    outbox.done();
    assertThat(outbox.next().recordIds()).hasSize(5);
  }

  @Test
  void reads_that_are_always_too_old_count_from_their_answer_and_then_leave_it() {
    outbox.put(pushes(10), Map.of());
    for (int i = 0; i < 3; i++) {
      slowRead();
      assertThat(outbox.isReady()).isFalse();
    }
    slowRead();
    assertThat(outbox.isReady()).isTrue();
    assertThat(outbox.isHopeless()).isFalse();
    for (int i = 0; i < 3; i++) {
      outbox.late();
      slowRead();
    }

    assertThat(outbox.isHopeless()).isTrue();
  }

  @Test
  void at_a_slow_pace_a_read_is_good_until_the_next_request_may_go() {
    SendTimes slow = new SendTimes(Duration.ofMinutes(1), Duration.ofMillis(500));

    assertThat(slow.sendBefore(Instant.EPOCH)).isEqualTo(Instant.EPOCH.plusSeconds(61));
  }

  private void slowRead() {
    Instant asked = clock.instant();
    clock.forward(Duration.ofSeconds(3));
    outbox.read(asked, List.of());
  }

  private void ready(int records) {
    outbox.read(clock.instant(), List.of());
    outbox.put(pushes(records), Map.of());
  }

  private static List<Push> pushes(int records) {
    return IntStream.range(0, records)
        .mapToObj(
            i ->
                new Push(
                    "rec" + i,
                    Instant.EPOCH,
                    Map.of("notes", Map.of("Notes", TextNode.valueOf("text"))),
                    Map.of("notes", GroupValues.of("notes", "text"))))
        .toList();
  }
}
