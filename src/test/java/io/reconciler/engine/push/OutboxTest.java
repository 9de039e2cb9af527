package io.reconciler.engine.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import io.reconciler.decide.GroupValues;
import io.reconciler.side.airtable.AirtableException;
import io.reconciler.side.airtable.AirtableRequest;
import io.reconciler.side.airtable.AnswerMeaning;
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
      Batch batch = outbox.handOut();
      clock.forward(Duration.ofMillis(190));
      outbox.done(batch);
    }

    assertThat(outbox.isEmpty()).isTrue();
  }

  @Test
  void a_failed_attempt_asks_for_another_read_and_the_fifth_is_the_last() throws Exception {
    ready(10);
    IOException cause = new IOException("reset");
    for (int i = 0; i < 4; i++) {
      long pause = outbox.takeBack(outbox.handOut(), cause);
      assertThat(pause).isBetween(250L << i, 750L << i);
      assertThat(outbox.isReady()).isFalse();
      ready(10);
    }

    Batch last = outbox.handOut();
    assertThatThrownBy(() -> outbox.takeBack(last, cause)).isSameAs(cause);
  }

  @Test
  void attempts_are_counted_for_each_batch_by_itself() throws Exception {
    IOException cause = new IOException("reset");
    for (int i = 0; i < 4; i++) {
      ready(20);
      Batch one = outbox.handOut();
      Batch other = outbox.handOut();
      outbox.takeBack(one, cause);
      outbox.takeBack(other, cause);
    }
    ready(20);
    Batch one = outbox.handOut();
    Batch other = outbox.handOut();
    outbox.done(one);

    assertThatThrownBy(() -> outbox.takeBack(other, cause)).isSameAs(cause);
  }

  @Test
  void five_go_side_by_side_and_never_two_with_the_same_record() {
    ready(100);
    assertThat(outbox.lanes()).hasSize(5);
    outbox.put(List.of(claimAndNotes()), Map.of());
    outbox.split(outbox.handOut());
    Batch claim = outbox.handOut();

    assertThat(claim.recordIds()).containsExactly("rec0");
    assertThat(outbox.isReady()).as("the notes of the same record").isFalse();
    assertThat(outbox.handOut()).isNull();
    outbox.done(claim);
    assertThat(outbox.handOut().recordIds()).containsExactly("rec0");
  }

  @Test
  void after_a_failure_nothing_else_leaves_and_those_on_the_way_come_to_their_end()
      throws Exception {
    ready(30);
    Batch fails = outbox.handOut();
    Batch arrives = outbox.handOut();
    outbox.takeBack(fails, new IOException("reset"));

    assertThat(outbox.handOut()).isNull();
    outbox.done(arrives);
    assertThat(outbox.handOut()).isNull();
    outbox.read(clock.instant(), List.of());
    assertThat(outbox.handOut()).isEqualTo(fails);
    assertThat(outbox.mayHaveArrived("rec0")).isTrue();
    assertThat(outbox.mayHaveArrived("rec10")).isFalse();
  }

  @Test
  void pauses_side_by_side_are_one_and_twenty_in_a_row_are_enough() {
    AirtableException cause =
        AnswerMeaning.stillRateLimited(AirtableRequest.get("app", "/", List.of()));
    for (int i = 0; i < 20; i++) {
      ready(20);
      Batch one = outbox.handOut();
      Batch other = outbox.handOut();
      outbox.paused(one, cause);
      outbox.paused(other, cause);
    }
    ready(20);
    Batch last = outbox.handOut();

    assertThatThrownBy(() -> outbox.paused(last, cause)).isSameAs(cause);
  }

  @Test
  void a_batch_that_ended_the_run_is_the_last() {
    ready(30);
    Batch ends = outbox.handOut();
    outbox.returned(ends);

    assertThat(outbox.handOut()).isNull();
    assertThat(outbox.isReady()).isFalse();
  }

  private static Push claimAndNotes() {
    return new Push(
        "rec0",
        Instant.EPOCH,
        Map.of(
            "claim", Map.of("Claimed By", TextNode.valueOf("text")),
            "notes", Map.of("Notes", TextNode.valueOf("text"))),
        Map.of(),
        Map.of());
  }

  @Test
  void the_parts_of_a_split_batch_stay_apart_when_they_are_decided_again() {
    ready(10);
    outbox.split(outbox.handOut());
    ready(10);

    assertThat(outbox.handOut().recordIds()).hasSize(5);
    assertThat(outbox.handOut().recordIds()).hasSize(5);
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
      outbox.late(outbox.handOut());
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
                    Map.of("notes", GroupValues.of("notes", "text")),
                    Map.of()))
        .toList();
  }
}
