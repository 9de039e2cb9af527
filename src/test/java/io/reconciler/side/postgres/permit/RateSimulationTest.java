package io.reconciler.side.postgres.permit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The rule of the permits against a strict sliding second, in simulated time: 10,000 requests of
 * several processes, each 0 to 80 ms on its way and back, with the delays of processes and database
 * between.
 */
class RateSimulationTest {

  private static final RequestRate RATE = RequestRate.of(Duration.ofMillis(200));
  private static final int REQUESTS = 10_000;
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1000 * MILLI;

  @ParameterizedTest
  @ValueSource(ints = {0, 20, 300, 1500})
  void no_sliding_second_sees_a_sixth_request(int work) {
    for (int seed = 1; seed <= 5; seed++) {
      Simulation simulation = new Simulation(seed, work, RATE::freeAfter);

      List<Long> arrivals = simulation.run();

      assertThat(sixths(arrivals)).as("seed %d", seed).isZero();
    }
  }

  @Test
  void as_many_as_the_margin_leaves_are_sent() {
    List<Long> arrivals = new Simulation(1, 200, RATE::freeAfter).run();

    double perSecond = REQUESTS * (double) SECOND / (arrivals.get(REQUESTS - 1) - arrivals.get(0));

    assertThat(perSecond).isBetween(4.5, 5.0);
  }

  @Test
  void without_the_margin_there_would_be_sixths() {
    UnaryOperator<Duration> period = sent -> positive(RATE.period().minus(sent));

    assertThat(sixths(new Simulation(1, 200, period).run())).isPositive();
  }

  @Test
  void an_answer_within_the_margin_shows_how_long_the_request_was_on_its_way() {
    assertThat(RATE.freeAfter(Duration.ofMillis(5))).isEqualTo(RATE.period());
    assertThat(RATE.freeAfter(Duration.ofMillis(300)))
        .isEqualTo(RATE.period().plus(RequestRate.MARGIN).minusMillis(300));
    assertThat(RATE.freeAfter(Duration.ofSeconds(5))).isZero();
  }

  private static Duration positive(Duration duration) {
    return duration.isNegative() ? Duration.ZERO : duration;
  }

  private static long sixths(List<Long> arrivals) {
    long sixths = 0;
    for (int i = RATE.permits(); i < arrivals.size(); i++) {
      sixths += arrivals.get(i) - arrivals.get(i - RATE.permits()) < SECOND ? 1 : 0;
    }
    return sixths;
  }

  /** Four processes that send as fast as they get permits. */
  private static final class Simulation {

    private static final int SENDERS = 12;

    private final Random random;
    private final int work;
    private final UnaryOperator<Duration> freeAfter;
    private final long[] freeAt = new long[RATE.permits()];
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final List<Long> arrivals = new ArrayList<>();

    /** What happens to the database at a moment: a permit is asked for, or given back. */
    private record Event(long at, int slot, long sentBefore) implements Comparable<Event> {

      @Override
      public int compareTo(Event other) {
        return Long.compare(at, other.at);
      }
    }

    Simulation(int seed, int work, UnaryOperator<Duration> freeAfter) {
      this.random = new Random(seed);
      this.work = work;
      this.freeAfter = freeAfter;
    }

    List<Long> run() {
      for (int i = 0; i < SENDERS; i++) {
        events.add(new Event(between(0, 50), -1, 0));
      }
      while (arrivals.size() < REQUESTS) {
        Event event = events.remove();
        if (event.slot() < 0) {
          take(event.at());
        } else {
          freeAt[event.slot()] =
              event.at() + freeAfter.apply(Duration.ofNanos(event.sentBefore())).toNanos();
          events.add(new Event(event.at() + between(0, 3), -1, 0));
        }
      }
      return arrivals.stream().sorted().toList();
    }

    private void take(long now) {
      int slot = 0;
      for (int i = 1; i < freeAt.length; i++) {
        slot = freeAt[i] < freeAt[slot] ? i : slot;
      }
      if (freeAt[slot] > now) {
        long wait = Math.min(freeAt[slot] - now, SECOND);
        events.add(new Event(now + wait + between(0, 2), -1, 0));
        return;
      }
      freeAt[slot] = now + 75 * SECOND;
      send(slot, now + between(0, 30));
    }

    // The clock is looked at before the first byte leaves, and again after the answer is there.
    private void send(int slot, long looked) {
      long arrived = looked + between(0, 8) + between(0, 80);
      long answered = arrived + between(0, work) + between(0, 80);
      arrivals.add(arrived);
      long seen = answered + between(0, 5);
      events.add(new Event(seen + between(0, 3), slot, seen - looked));
    }

    private long between(int least, int most) {
      return MILLI * least + (long) (random.nextDouble() * MILLI * (most - least));
    }
  }
}
