package io.reconciler.engine.repair;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.engine.repair.SettleResult.Status;
import io.reconciler.engine.run.RunResult;
import io.reconciler.engine.run.Trigger;
import io.reconciler.sandbox.Fault;
import io.reconciler.world.LedgerEdits;
import io.reconciler.world.World;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Applying and dismissing conflicts, on a real PostgreSQL and the sandbox. */
class ApplyConflictTest {

  private static final Fault REFUSAL =
      Fault.answer(
          422,
          "{\"error\":{\"type\":\"INVALID_VALUE_FOR_COLUMN\",\"message\":\"Field \\\"Claimed By\\\""
              + " cannot accept the provided value\"}}");

  private static final World world = World.shared();
  private LedgerEdits edits;
  private String id;

  @BeforeEach
  void fresh() {
    world.fresh();
    edits = new LedgerEdits(world);
    id = edits.agreed(Map.of("First Name", "Ada", "Notes", "first"));
  }

  private SettleResult apply(@Nullable String value) {
    return world
        .engine()
        .applyConflict(new SettleRequest(edits.conflict(), "ann", Trigger.CLI, value));
  }

  private String status() {
    return edits.column("conflict", edits.conflict(), "status");
  }

  private void assertQuiet() {
    world.sandbox().clearLogs();
    RunResult next = world.sync();
    assertThat(next.failure()).isNull();
    assertThat(next.stage1().updated()).isZero();
    assertThat(next.stage2().recordsProcessed()).isEqualTo(next.stage2().skippedBy().grace());
    assertThat(next.stage2().skippedBy().grace()).isZero();
    assertThat(world.sandbox().writes()).isEmpty();
    assertThat(world.count("select count(*) from reconciler.agreed_value where pending")).isZero();
  }

  @Test
  void the_portals_lost_claim_comes_to_both_sides() {
    edits.claimConflict(id, false);
    world.sync();
    assertThat(edits.holder(id)).isEqualTo(LedgerEdits.BOB);

    SettleResult result = apply(null);

    assertThat(result.status()).as(result.message()).isEqualTo(Status.DONE);
    assertThat(edits.holder(id)).isEqualTo(LedgerEdits.ALICE);
    assertThat(edits.cell(id, "Claimed By")).isEqualTo(LedgerEdits.ALICE.toString());
    assertThat(edits.cell(id, "Claimed At")).isEqualTo("2026-01-02T03:04:05.123Z");
    assertThat(status()).isEqualTo("applied");
    assertThat(edits.column("conflict", edits.conflict(), "settled_by")).isEqualTo("ann");
    assertThat(edits.column("conflict", edits.conflict(), "settled_at")).isNotEmpty();
    assertQuiet();
  }

  @Test
  void a_group_that_has_another_name_since_is_known_by_its_columns() {
    edits.claimConflict(id, false);
    world.sync();
    world.jdbc().sql("update reconciler.conflict set field_group = 'holding'").update();

    SettleResult result = apply(null);

    assertThat(result.status()).as(result.message()).isEqualTo(Status.DONE);
    assertThat(edits.holder(id)).isEqualTo(LedgerEdits.ALICE);
    assertThat(edits.cell(id, "Claimed By")).isEqualTo(LedgerEdits.ALICE.toString());
    assertThat(edits.cell(id, "Claimed At")).isEqualTo("2026-01-02T03:04:05.123Z");
    assertThat(status()).isEqualTo("applied");
    assertQuiet();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "airtable = airtable - 'claimed_at', portal = portal - 'claimed_at'",
        "airtable = airtable || '{\"phone\": \"1\"}', portal = portal || '{\"phone\": \"1\"}'"
      })
  void a_group_that_has_other_columns_too_or_no_more_is_another_one(String columns) {
    edits.claimConflict(id, false);
    world.sync();
    world.jdbc().sql("update reconciler.conflict set field_group = 'holding', " + columns).update();

    SettleResult result = apply(null);

    assertThat(result.status()).isEqualTo(Status.IMPOSSIBLE);
    assertThat(edits.holder(id)).isEqualTo(LedgerEdits.BOB);
    assertThat(edits.cell(id, "Claimed By")).isEqualTo(LedgerEdits.BOB.toString());
    assertThat(status()).isEqualTo("open");
  }

  @Test
  void airtables_lost_claim_comes_to_both_sides() {
    edits.claimConflict(id, true);
    world.sync();
    assertThat(edits.cell(id, "Claimed By")).isEqualTo(LedgerEdits.ALICE.toString());

    SettleResult result = apply(null);

    assertThat(result.status()).as(result.message()).isEqualTo(Status.DONE);
    assertThat(edits.holder(id)).isEqualTo(LedgerEdits.BOB);
    assertThat(edits.cell(id, "Claimed By")).isEqualTo(LedgerEdits.BOB.toString());
    assertThat(status()).isEqualTo("applied");
    assertQuiet();
  }

  @Test
  void a_winner_that_has_not_reached_airtable_yet_can_be_overruled() {
    edits.claimConflict(id, true);
    edits.portalClaim(id, LedgerEdits.ALICE, Duration.ofSeconds(5));
    world.sync();
    assertThat(edits.cell(id, "Claimed By")).isEqualTo(LedgerEdits.BOB.toString());
    assertThat(edits.holder(id)).isEqualTo(LedgerEdits.ALICE);

    SettleResult result = apply(null);

    assertThat(result.status()).as(result.message()).isEqualTo(Status.DONE);
    assertThat(edits.holder(id)).isEqualTo(LedgerEdits.BOB);
    assertThat(world.sandbox().writes()).isEmpty();
    assertQuiet();
  }

  @ParameterizedTest
  @CsvSource({"portal, first|mine", "airtable, first|theirs"})
  void of_merged_notes_either_sides_can_be_chosen(String side, String expected) {
    edits.portalNote(id, "first\nmine");
    world.leads().update(id, Map.of("Notes", "first\ntheirs"));
    world.leads().setModified(id, Instant.now().minusSeconds(300));
    world.sync();
    assertThat(edits.cell(id, "Notes")).isEqualTo("first\ntheirs\nmine");

    SettleResult choice = apply(null);
    SettleResult result = apply(side);

    assertThat(choice.status()).isEqualTo(Status.INVALID);
    assertThat(choice.message()).contains("--value airtable");
    assertThat(result.status()).as(result.message()).isEqualTo(Status.DONE);
    assertThat(edits.cell(id, "Notes")).isEqualTo(expected.replace('|', '\n'));
    assertThat(world.lead(id)).containsEntry("notes", expected.replace('|', '\n'));
    assertQuiet();
  }

  @Test
  void the_winners_own_value_is_nothing_to_apply() {
    edits.claimConflict(id, false);
    world.sync();

    SettleResult result = apply("airtable");

    assertThat(result.status()).isEqualTo(Status.INVALID);
    assertThat(status()).isEqualTo("open");
  }

  @Test
  void a_settled_conflict_is_left_alone() {
    edits.claimConflict(id, false);
    world.sync();
    apply(null);
    edits.portalClaim(id, LedgerEdits.BOB, Duration.ofSeconds(90));
    world.sandbox().clearLogs();

    SettleResult again = apply(null);
    SettleResult dismissed =
        world.engine().dismissConflict(SettleRequest.of(edits.conflict(), "ann", Trigger.CLI));

    assertThat(again.status()).isEqualTo(Status.SETTLED_BEFORE);
    assertThat(again.message()).contains("applied").contains("ann");
    assertThat(dismissed.status()).isEqualTo(Status.SETTLED_BEFORE);
    assertThat(edits.holder(id)).isEqualTo(LedgerEdits.BOB);
    assertThat(world.sandbox().requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void sides_that_moved_on_are_shown_and_not_changed(boolean inPortal) {
    edits.claimConflict(id, false);
    world.sync();
    if (inPortal) {
      world.portalEdit(id, Duration.ZERO, Collections.singletonMap("claimed_by", null));
    } else {
      world.leads().update(id, Collections.singletonMap("Claimed By", null));
    }

    SettleResult result = apply(null);

    assertThat(result.status()).isEqualTo(Status.MOVED_ON);
    String bob = LedgerEdits.BOB.toString();
    assertThat(result.details().at("/portal/claimed_by").asText())
        .isEqualTo(inPortal ? "null" : bob);
    assertThat(result.details().at("/airtable/claimed_by").asText())
        .isEqualTo(inPortal ? bob : "null");
    assertThat(status()).isEqualTo("open");
    assertThat(world.sandbox().writes()).isEmpty();
    assertThat(edits.holder(id)).isEqualTo(inPortal ? null : LedgerEdits.BOB);
  }

  @Test
  void an_edit_of_another_group_does_not_stand_in_the_way() {
    edits.claimConflict(id, false);
    world.sync();
    world.leads().update(id, Map.of("Notes", "first\nlater", "First Name", "Grace"));

    SettleResult result = apply(null);

    assertThat(result.status()).as(result.message()).isEqualTo(Status.DONE);
    assertThat(edits.cell(id, "Claimed By")).isEqualTo(LedgerEdits.ALICE.toString());
    assertThat(edits.cell(id, "Notes")).isEqualTo("first\nlater");
  }

  @Test
  void a_discarded_change_of_another_group_is_not_sent_along() {
    edits.claimConflict(id, false);
    world.sync();
    edits.portalNote(id, "first\nrefused");
    world.sandbox().onRequest(r -> r.method().equals("PATCH"), REFUSAL.always());
    world.sync();
    world.sandbox().clearFaults();
    world.engine().discard(SettleRequest.of(edits.deadLetter(), "ann", Trigger.CLI));
    world.sandbox().clearLogs();

    SettleResult result = apply(null);

    assertThat(result.status()).as(result.message()).isEqualTo(Status.DONE);
    assertThat(edits.cell(id, "Claimed By")).isEqualTo(LedgerEdits.ALICE.toString());
    assertThat(edits.cell(id, "Notes")).isEqualTo("first");
    assertThat(edits.column("dead_letter", edits.deadLetter(), "status")).isEqualTo("discarded");
  }

  @Test
  void a_value_that_fits_no_column_can_not_be_applied() {
    edits.portalClaim(id, LedgerEdits.ALICE, Duration.ofMinutes(2));
    world.leads().update(id, Map.of("Claimed By", "somebody"));
    world.leads().setModified(id, Instant.now().minusSeconds(300));
    world.sync();

    SettleResult result = apply(null);

    assertThat(result.status()).isEqualTo(Status.IMPOSSIBLE);
    assertThat(edits.holder(id)).isEqualTo(LedgerEdits.ALICE);
    assertThat(status()).isEqualTo("open");
  }

  @Test
  void a_group_whose_field_is_gone_takes_no_value() {
    edits.claimConflict(id, false);
    world.sync();
    world.leads().removeField("Claimed At");
    world.leads().update(id, Map.of("First Name", "Grace"));
    world.sync();

    SettleResult result = apply(null);

    assertThat(result.status()).as(result.message()).isEqualTo(Status.IMPOSSIBLE);
    assertThat(edits.holder(id)).isEqualTo(LedgerEdits.BOB);
    assertThat(status()).isEqualTo("open");
  }

  @Test
  void a_record_that_is_gone_takes_no_value() {
    edits.claimConflict(id, false);
    world.sync();
    world.leads().delete(id);

    SettleResult result = apply(null);

    assertThat(result.status()).isEqualTo(Status.IMPOSSIBLE);
    assertThat(result.message()).contains(id).contains("gone");
    assertThat(edits.holder(id)).isEqualTo(LedgerEdits.BOB);
    assertThat(status()).isEqualTo("open");
  }

  @Test
  void a_busy_client_is_left_alone() throws SQLException {
    edits.claimConflict(id, false);
    world.sync();

    SettleResult result;
    try (Connection other = world.database().getConnection();
        var lock =
            other.prepareStatement(
                "select pg_advisory_lock(hashtextextended('reconciler client ' || ?, 0))");
        var unlock = other.prepareStatement("select pg_advisory_unlock_all()")) {
      lock.setString(1, world.clientId().toString());
      lock.execute();
      result = apply(null);
      unlock.execute();
    }

    assertThat(result.status()).isEqualTo(Status.BUSY);
    assertThat(edits.holder(id)).isEqualTo(LedgerEdits.BOB);
    assertThat(apply(null).status()).isEqualTo(Status.DONE);
  }

  @Test
  void an_inactive_clients_sides_are_left_alone() {
    edits.claimConflict(id, false);
    world.sync();
    world.jdbc().sql("update clients set is_active = false").update();

    assertThat(apply(null).status()).isEqualTo(Status.INVALID);
    assertThat(edits.holder(id)).isEqualTo(LedgerEdits.BOB);
  }

  @Test
  void an_airtable_that_fails_before_anything_changes_nothing() {
    edits.claimConflict(id, false);
    world.sync();
    world.sandbox().onRequest(request -> true, Fault.unavailable().always());

    SettleResult result = apply(null);

    assertThat(result.status()).isEqualTo(Status.ERROR);
    assertThat(result.message()).contains("nothing was changed");
    assertThat(edits.holder(id)).isEqualTo(LedgerEdits.BOB);
    assertThat(status()).isEqualTo("open");
  }

  @Test
  void an_airtable_that_fails_in_between_gets_the_value_by_the_next_run() {
    edits.claimConflict(id, false);
    world.sync();
    world.sandbox().onRequest(r -> r.method().equals("PATCH"), Fault.unavailable().times(5));

    SettleResult result = apply(null);

    assertThat(result.status()).isEqualTo(Status.ERROR);
    assertThat(result.message()).contains("the next run");
    assertThat(edits.holder(id)).isEqualTo(LedgerEdits.ALICE);
    assertThat(status()).isEqualTo("applied");
    world.jdbc().sql("update leads set updated_at = updated_at - interval '2 minutes'").update();
    world.sync();
    assertThat(edits.cell(id, "Claimed By")).isEqualTo(LedgerEdits.ALICE.toString());
  }

  @Test
  void a_value_that_airtable_refuses_waits_in_the_dead_letters() {
    edits.claimConflict(id, false);
    world.sync();
    world.sandbox().onRequest(r -> r.method().equals("PATCH"), REFUSAL.always());

    SettleResult result = apply(null);

    assertThat(result.status()).isEqualTo(Status.FAILED);
    assertThat(result.message()).contains("cannot accept");
    assertThat(edits.column("dead_letter", edits.deadLetter(), "stage")).isEqualTo("push");
  }

  @Test
  void dismissing_settles_the_conflict_and_changes_neither_side() {
    edits.claimConflict(id, false);
    world.sync();
    world.sandbox().clearLogs();

    SettleResult result =
        world.engine().dismissConflict(SettleRequest.of(edits.conflict(), "ann", Trigger.CLI));

    assertThat(result.status()).isEqualTo(Status.DONE);
    assertThat(status()).isEqualTo("dismissed");
    assertThat(edits.column("conflict", edits.conflict(), "settled_by")).isEqualTo("ann");
    assertThat(edits.holder(id)).isEqualTo(LedgerEdits.BOB);
    assertThat(world.sandbox().requests()).isEmpty();
  }

  @Test
  void an_unknown_id_is_said_to_be_unknown() {
    SettleRequest request = SettleRequest.of(UUID.randomUUID(), "ann", Trigger.API);

    assertThat(world.engine().applyConflict(request).status()).isEqualTo(Status.UNKNOWN);
    assertThat(world.engine().dismissConflict(request).status()).isEqualTo(Status.UNKNOWN);
  }
}
