package io.reconciler.service.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.reconciler.world.World;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** However work ends that somebody asked for, its entry says so. */
class JobsTest {

  private final World world = World.shared();

  @Test
  void work_that_went_well_has_its_result() {
    JobRow job = ended(Runnable::run, () -> {});

    assertThat(job.ended()).isNotNull();
    assertThat(job.failure()).isNull();
    assertThat(job.result().asText()).isEqualTo("done");
  }

  @Test
  void work_that_failed_has_its_reason() {
    JobRow job =
        ended(
            Runnable::run,
            () -> {
              throw new IllegalStateException("no such thing");
            });

    assertThat(job.ended()).isNotNull();
    assertThat(job.failure()).contains("no such thing");
  }

  @Test
  void work_that_met_an_error_has_its_reason_too_and_the_error_is_not_hidden() {
    AtomicReference<Throwable> met = new AtomicReference<>();
    Executor thread = work -> met.set(catchThrowable(work::run));

    JobRow job =
        ended(
            thread,
            () -> {
              throw new StackOverflowError("too deep");
            });

    assertThat(job.ended()).isNotNull();
    assertThat(job.failure()).contains("too deep");
    assertThat(met.get()).isInstanceOf(StackOverflowError.class);
  }

  @Test
  void work_that_nobody_takes_on_has_ended() {
    JobRow job =
        ended(
            work -> {
              throw new RejectedExecutionException("closing");
            },
            () -> {});

    assertThat(job.ended()).isNotNull();
    assertThat(job.failure()).contains("closing");
  }

  private JobRow ended(Executor threads, Runnable work) {
    try (Jobs jobs = new Jobs(world.jdbc(), threads)) {
      UUID id =
          jobs.start(
              "test",
              "me",
              "Work",
              progress -> {
                work.run();
                return JsonNodeFactory.instance.textNode("done");
              });
      return jobs.read(id).orElseThrow();
    }
  }
}
