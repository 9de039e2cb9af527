package io.reconciler.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reconciler.engine.failure.RunFailedException;
import io.reconciler.world.MutableClock;
import io.reconciler.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How long runs may last. */
class RunDeadlineTest {

  private final MutableClock clock = new MutableClock(Instant.parse("2026-01-05T12:00:00Z"));

  @Test
  void it_is_twice_the_period_within_bounds() {
    RunDeadline often = RunDeadline.of(Duration.ofMinutes(5), Duration.ofDays(7));
    RunDeadline rarely = RunDeadline.of(Duration.ofHours(1), Duration.ofHours(6));

    assertThat(often).isEqualTo(new RunDeadline(Duration.ofMinutes(30), Duration.ofDays(1)));
    assertThat(rarely).isEqualTo(new RunDeadline(Duration.ofHours(2), Duration.ofHours(12)));
  }

  @Test
  void a_run_whose_time_is_over_ends_with_what_it_waited_for() {
    RunDeadline deadline = RunDeadline.of(Duration.ofMinutes(20), Duration.ofDays(7));
    Run run =
        new Run(
            new Client(UUID.randomUUID(), "Acme", "a@example.com", "appX", true, Set.of("leads")),
            new RunRequest(Trigger.SCHEDULE, "schedule", 20, null, false, false, false),
            clock,
            ProgressListener.NONE,
            World.defaultMapping());
    run.waitsFor("a lock on the lead of rec1");
    clock.forward(Duration.ofMinutes(40));
    assertThatCode(() -> deadline.ensureLeft(run)).doesNotThrowAnyException();

    clock.forward(Duration.ofSeconds(1));

    assertThatThrownBy(() -> deadline.ensureLeft(run))
        .isInstanceOf(RunFailedException.class)
        .hasMessageContaining("within its 40 minutes")
        .hasMessageContaining("a lock on the lead of rec1");
  }
}
