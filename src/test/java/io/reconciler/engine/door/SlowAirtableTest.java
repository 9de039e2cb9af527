package io.reconciler.engine.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.engine.run.RunResult;
import io.reconciler.sandbox.Fault;
import io.reconciler.world.SideBySide;
import io.reconciler.world.World;
import io.reconciler.world.WorldTest;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Answers that come too late, or from nowhere. */
@SideBySide(SideBySide.Lane.PLAYS)
class SlowAirtableTest extends WorldTest {

  /** A busy machine answers within it; nobody answers later than it by chance. */
  private static final int PATIENCE_MS = 1_500;

  private static final Duration LATE = Duration.ofMillis(10 * PATIENCE_MS);
  private static final World IMPATIENT =
      World.open(
          Map.of(),
          World.unlimited(),
          Map.of("reconciler.airtable.answer-timeout-ms", PATIENCE_MS));

  SlowAirtableTest() {
    super(IMPATIENT);
  }

  @AfterAll
  static void close() {
    IMPATIENT.close();
  }

  @Test
  void an_answer_that_comes_too_late_costs_another_attempt() {
    String id = reconciled(1).get(0);
    claim(id, ALICE, GRACE_OVER);
    world.sandbox().onRequest(r -> r.method().equals("PATCH"), Fault.delayed(LATE));

    RunResult result = sync();

    assertThat(result.airtableRequests()).isEqualTo(4);
    assertThat(cell(id, "Claimed By")).isEqualTo(ALICE.toString());
    assertThat(sync().stage2().recordsProcessed()).isZero();
  }

  @Test
  void answers_that_always_come_too_late_end_the_run_after_five_attempts() {
    leads.create(Map.of("First Name", "Ada"));
    world.sandbox().onRequest(r -> true, Fault.delayed(LATE).always());

    RunResult result = world.sync();

    assertThat(result.failure())
        .startsWith("Airtable can't be reached")
        .contains("AIRTABLE_API_URL");
    assertThat(result.airtableRequests()).isEqualTo(5);
    assertThat(world.count("select count(*) from leads")).isZero();
  }

  @Test
  void an_address_where_nothing_listens_ends_the_run_with_a_clear_text() {
    try (World nowhere =
        World.open(
            Map.of("AIRTABLE_API_URL", "http://127.0.0.1:1/v0"), World.unlimited(), Map.of())) {
      RunResult result = nowhere.sync();

      assertThat(result.failure())
          .isEqualTo(
              "Airtable can't be reached: nothing answers there; check AIRTABLE_API_URL and the"
                  + " network");
      assertThat(result.airtableRequests()).isEqualTo(5);
    }
  }
}
