package io.reconciler.engine.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.world.PatientWaits;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is done again and again goes on, whatever happens once. */
class DaemonsTest {

  @Test
  void neither_an_exception_nor_an_error_ends_it() throws InterruptedException {
    CountDownLatch times = new CountDownLatch(3);
    ScheduledExecutorService clock = Daemons.clock("test");
    try {
      Daemons.repeat(
          clock,
          Duration.ofMillis(1),
          () -> {
            times.countDown();
            if (times.getCount() == 2) {
              throw new IllegalStateException("once");
            }
            throw new LinkageError("again");
          });

      assertThat(times.await(PatientWaits.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } finally {
      clock.shutdownNow();
    }
  }
}
