package io.reconciler.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.world.SideBySide;
import io.reconciler.world.WorldTest;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What no program can be ready for, in the middle of a run: the run ends, and the next goes on. */
@SideBySide(SideBySide.Lane.RUNS)
class ErrorsInRunsTest extends WorldTest {

  private static final int LEADS = 120;

  static Stream<Arguments> errors() {
    return Stream.of("first page", "second page", "request", "push", "side by side")
        .flatMap(
            moment ->
                Stream.of(
                        new OutOfMemoryError("Java heap space"),
                        new StackOverflowError(),
                        new NoClassDefFoundError("some/Thing"))
                    .map(error -> Arguments.of(moment, error)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("errors")
  void an_error_ends_its_run_in_order_and_holds_up_no_other(String moment, Error error) {
    List<String> ids =
        IntStream.range(0, LEADS)
            .mapToObj(n -> leads.create(Map.of("First Name", "Lead " + n)))
            .toList();
    boolean push = moment.equals("push") || moment.equals("side by side");
    if (push) {
      sync();
      ids.subList(0, moment.equals("push") ? 1 : 60).forEach(id -> claim(id, ALICE, GRACE_OVER));
    }

    RunResult failed =
        world
            .engine()
            .reconcile(world.request(20, !push), new Failing(moment, error))
            .get(0)
            .result();

    assertThat(failed).isNotNull();
    assertThat(failed.success()).isFalse();
    assertThat(failed.failure()).contains(error.getClass().getSimpleName()).doesNotContain("\tat ");
    assertThat(
            text(
                "select outcome from reconciler.run where id = '"
                    + failed.runId()
                    + "' and ended_at is not null"))
        .isEqualTo("failed");
    assertThat(
            world.count(
                "select count(*) from pg_locks where locktype = 'advisory' and database ="
                    + " (select oid from pg_database where datname = current_database())"))
        .isZero();
    succeeded(world.run(scheduled()));
    assertThat(sync().stage2().recordsProcessed()).isZero();
    assertThat(world.sides().differences()).isEmpty();
  }

  /** Throws it once, at a moment. */
  private static final class Failing implements ProgressListener {

    private final String moment;
    private final Error error;
    private String stage = "";
    private int requests;
    private boolean over;

    private Failing(String moment, Error error) {
      this.moment = moment;
      this.error = error;
    }

    @Override
    public synchronized void stage(String name) {
      stage = name;
      requests = 0;
    }

    @Override
    public synchronized void records(long done) {
      at(moment.equals("first page") || moment.equals("second page") && done > 100);
    }

    @Override
    public synchronized void requests(long used) {
      requests++;
      // The first of stage 2 reads, the others write.
      boolean writes = stage.endsWith("Airtable") && requests > 1;
      at(
          switch (moment) {
            case "request" -> true;
            case "push" -> writes;
            case "side by side" -> writes && requests > 3;
            default -> false;
          });
    }

    private void at(boolean now) {
      if (now && !over) {
        over = true;
        throw error;
      }
    }
  }
}
