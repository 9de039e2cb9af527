package io.reconciler.engine.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.engine.run.RunResult;
import io.reconciler.sandbox.Fault;
import io.reconciler.sandbox.LoggedRequest;
import io.reconciler.world.SideBySide;
import io.reconciler.world.World;
import io.reconciler.world.WorldTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A change whose PATCH had to wait is decided again, on what Airtable holds by then. */
@SideBySide(SideBySide.Lane.RUNS)
class WaitedPushTest extends WorldTest {

  private static final Predicate<LoggedRequest> PATCH = r -> r.method().equals("PATCH");
  private static final String METADATA = "schema.bases:read";
  private static final String REFUSAL =
      "{\"error\":{\"type\":\"INVALID_VALUE_FOR_COLUMN\",\"message\":\"Poison\"}}";

  @AfterEach
  void with_every_scope() {
    world.sandbox().grantScope(World.TOKEN, METADATA);
  }

  static Stream<Arguments> waits() {
    return Stream.of(
        Arguments.of("429", Fault.rateLimited()),
        Arguments.of("three 429s", Fault.rateLimited().times(3)),
        Arguments.of("503", Fault.unavailable()),
        Arguments.of("four 503s", Fault.unavailable().times(4)),
        Arguments.of("a closed connection", Fault.dropBefore()),
        Arguments.of("a page of a proxy", Fault.html()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("waits")
  void what_was_written_in_airtable_meanwhile_is_kept(String name, Fault fault) {
    String id = reconciled(1).get(0);
    world.portalEdit(id, GRACE_OVER, Map.of("notes", "note 1\nfrom the portal"));
    atTheFirstPatch(() -> leads.update(id, Map.of("Notes", "note 1\ndo not call")));
    world.sandbox().onRequest(PATCH, fault);

    RunResult result = sync();

    String merged = "note 1\ndo not call\nfrom the portal";
    assertThat(cell(id, "Notes")).isEqualTo(merged);
    assertThat(world.lead(id)).containsEntry("notes", merged);
    assertThat(result.stage2().conflicts()).isEqualTo(1);
    assertThat(result.stage2().recordsProcessed()).isEqualTo(1);
  }

  @Test
  void what_airtable_wins_meanwhile_is_not_sent_and_the_rest_of_its_batch_is() {
    List<String> ids = reconciled(3);
    ids.forEach(id -> claim(id, ALICE, GRACE_OVER));
    atTheFirstPatch(
        () ->
            leads.update(
                ids.get(1),
                Map.of("Claimed By", BOB.toString(), "Claimed At", Instant.now().toString())));
    world.sandbox().onRequest(PATCH, Fault.rateLimited());

    RunResult result = sync();

    assertThat(cell(ids.get(1), "Claimed By")).isEqualTo(BOB.toString());
    assertThat(world.lead(ids.get(1))).containsEntry("claimed_by", BOB);
    assertThat(result.stage2().updated()).isEqualTo(2);
    assertThat(result.stage2().skippedBy().airtableNewer()).isEqualTo(1);
    assertThat(world.count("select count(*) from reconciler.conflict")).isEqualTo(1);
    assertThat(world.sides().differences()).isEmpty();
  }

  @Test
  void a_change_that_arrived_without_an_answer_does_not_overwrite_a_later_one() {
    String id = reconciled(1).get(0);
    claim(id, ALICE, GRACE_OVER);
    atTheNextReadAfterAPatch(
        () ->
            leads.update(
                id, Map.of("Claimed By", BOB.toString(), "Claimed At", Instant.now().toString())));
    world.sandbox().onRequest(PATCH, Fault.dropAfter());

    RunResult result = sync();

    assertThat(world.sandbox().writes()).hasSize(1);
    assertThat(cell(id, "Claimed By")).isEqualTo(BOB.toString());
    assertThat(world.lead(id)).containsEntry("claimed_by", BOB);
    assertThat(result.stage2().conflicts()).isEqualTo(1);
    assertThat(world.sides().differences()).isEmpty();
  }

  @Test
  void an_edit_after_a_push_that_arrived_unseen_is_still_one_when_its_own_push_never_leaves() {
    String id = claimedUnseen();
    unclaim(id, GRACE_OVER);
    world.sandbox().onRequest(PATCH, Fault.unavailable().always());
    world.sync();
    world.sandbox().clearFaults();

    fullSync();

    assertThat(world.lead(id)).containsEntry("claimed_by", null);
    assertThat(leads.cells(id)).doesNotContainKey("Claimed By");
    assertThat(world.count("select count(*) from reconciler.conflict")).isZero();
    assertThat(world.sides().differences()).isEmpty();
  }

  @Test
  void a_claim_that_arrived_unseen_and_was_taken_back_is_in_conflict_with_what_followed_it() {
    String id = claimedUnseen();
    leads.update(id, Map.of("Claimed By", BOB.toString(), "Claimed At", Instant.now().toString()));
    leads.setModified(id, Instant.now().minus(GRACE_OVER).minusSeconds(60));
    unclaim(id, GRACE_OVER);

    fullSync();

    assertThat(world.lead(id)).containsEntry("claimed_by", null);
    assertThat(leads.cells(id)).doesNotContainKey("Claimed By");
    assertThat(
            world.count(
                "select count(*) from reconciler.conflict where winner = 'portal'"
                    + " and airtable ->> 'claimed_by' = '"
                    + BOB
                    + "'"))
        .isEqualTo(1);
    assertThat(world.sides().differences()).isEmpty();
  }

  @Test
  void a_claim_that_arrived_unseen_is_no_edit_of_airtables_after_its_field_was_gone() {
    // So that a field under another name is gone.
    world.sandbox().revokeScope(World.TOKEN, METADATA);
    String id = claimedUnseen();
    leads.renameField("Claimed By", "Owner");
    world.portalEdit(id, GRACE_OVER, Map.of("notes", "note 1\nfrom the portal"));
    world.sync();
    assertThat(cell(id, "Notes")).isEqualTo("note 1\nfrom the portal");
    leads.renameField("Owner", "Claimed By");
    unclaim(id, GRACE_OVER);

    fullSync();

    assertThat(world.lead(id)).containsEntry("claimed_by", null);
    assertThat(leads.cells(id)).doesNotContainKey("Claimed By");
    assertThat(world.count("select count(*) from reconciler.conflict")).isZero();
    assertThat(world.sides().differences()).isEmpty();
  }

  @Test
  void what_the_portal_changes_meanwhile_waits_for_its_grace_period() {
    List<String> ids = reconciled(2);
    ids.forEach(id -> claim(id, ALICE, GRACE_OVER));
    atTheFirstPatch(() -> claim(ids.get(0), BOB, Duration.ZERO));
    world.sandbox().onRequest(PATCH, Fault.unavailable());

    RunResult result = sync();

    assertThat(leads.cells(ids.get(0))).doesNotContainKey("Claimed By");
    assertThat(cell(ids.get(1), "Claimed By")).isEqualTo(ALICE.toString());
    assertThat(result.stage2().skippedBy().grace()).isEqualTo(1);
    assertThat(result.stage2().updated()).isEqualTo(1);
  }

  @Test
  void the_parts_of_a_refused_batch_are_decided_again_as_well() {
    List<String> ids = reconciled(10);
    ids.forEach(id -> claim(id, id.equals(ids.get(6)) ? ALICE : BOB, GRACE_OVER));
    world
        .sandbox()
        .onRequest(
            r -> PATCH.test(r) && r.body().contains(ALICE.toString()),
            Fault.answer(422, REFUSAL).always());
    boolean[] done = {false};
    world
        .sandbox()
        .onRequest(
            r -> {
              boolean second = PATCH.test(r) && !r.body().contains(ALICE.toString()) && !done[0];
              if (second) {
                done[0] = true;
                leads.update(ids.get(0), Map.of("Claimed By", ALICE.toString()));
                leads.setModified(ids.get(0), Instant.now());
              }
              return second;
            },
            Fault.rateLimited());

    RunResult result = sync();

    assertThat(cell(ids.get(0), "Claimed By")).isEqualTo(ALICE.toString());
    assertThat(result.stage2().updated()).isEqualTo(8);
    assertThat(result.stage2().errorCount()).isEqualTo(1);
    assertThat(text("select airtable_record_id || field from reconciler.dead_letter"))
        .isEqualTo(ids.get(6) + "claim");
  }

  @Test
  void five_failed_attempts_at_one_patch_end_the_run() {
    String id = reconciled(1).get(0);
    claim(id, ALICE, GRACE_OVER);
    world.sandbox().onRequest(PATCH, Fault.unavailable().always());

    RunResult result = world.sync();

    assertThat(result.success()).isFalse();
    assertThat(result.failure()).contains("503");
    assertThat(world.sandbox().requests().stream().filter(PATCH)).hasSize(5);
    world.sandbox().clearFaults();
    assertThat(sync().stage2().updated()).isEqualTo(1);
  }

  /** A lead whose claim has gone to Airtable in a run that never heard so. */
  private String claimedUnseen() {
    String id = reconciled(1).get(0);
    claim(id, ALICE, GRACE_OVER);
    world.sandbox().onRequest(PATCH, Fault.dropAfter());
    world.sandbox().onRequest(r -> !PATCH.test(r) && writes() > 0, Fault.unavailable().always());
    world.sync();
    assertThat(cell(id, "Claimed By")).isEqualTo(ALICE.toString());
    world.sandbox().clearFaults();
    return id;
  }

  private void atTheFirstPatch(Runnable work) {
    boolean[] done = {false};
    world
        .sandbox()
        .onRequest(
            request -> {
              if (PATCH.test(request) && !done[0]) {
                done[0] = true;
                work.run();
              }
              return false;
            },
            Fault.unavailable());
  }

  private void atTheNextReadAfterAPatch(Runnable work) {
    int[] state = {0};
    world
        .sandbox()
        .onRequest(
            request -> {
              if (PATCH.test(request)) {
                state[0]++;
              } else if (state[0] == 1) {
                state[0]++;
                work.run();
              }
              return false;
            },
            Fault.unavailable());
  }
}
