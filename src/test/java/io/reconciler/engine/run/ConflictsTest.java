package io.reconciler.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.sandbox.Fault;
import io.reconciler.world.SideBySide;
import io.reconciler.world.World;
import io.reconciler.world.WorldTest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Both sides changed the same: who wins, and what the ledger keeps. */
@SideBySide(SideBySide.Lane.RUNS)
class ConflictsTest extends WorldTest {

  private static final String LEDGER =
      "select stage || ' ' || field_group || ' ' || policy || ' ' || winner || ' ' || status"
          + " from reconciler.conflict";

  @Test
  void a_later_edit_in_airtable_wins_over_the_portals() {
    String id = reconciled(1).get(0);
    claim(id, ALICE, Duration.ofMinutes(5));
    claimInAirtable(id, Instant.now().minusSeconds(120));

    RunResult result = sync();

    assertThat(world.lead(id)).containsEntry("claimed_by", BOB).containsEntry("claimed_at", null);
    assertThat(writes()).isZero();
    assertThat(result.stage2().conflicts()).isEqualTo(1);
    assertThat(text(LEDGER)).isEqualTo("pull claim newest airtable open");
    assertThat(world.sides().differences()).isEmpty();
    assertThat(sync().stage2().conflicts()).isZero();
  }

  @Test
  void a_later_edit_of_the_portal_wins_over_airtables() {
    String id = reconciled(1).get(0);
    claimInAirtable(id, Instant.now().minusSeconds(600));
    claim(id, ALICE, Duration.ofMinutes(5));

    RunResult result = sync();

    assertThat(cell(id, "Claimed By")).isEqualTo(ALICE.toString());
    assertThat(result.stage2().conflicts()).isEqualTo(1);
    assertThat(result.stage2().updated()).isEqualTo(1);
    assertThat(text(LEDGER)).isEqualTo("pull claim newest portal open");
    assertThat(world.sides().differences()).isEmpty();
    assertThat(sync().stage2().conflicts()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"-999, airtable", "0, airtable", "999, airtable", "1000, portal"})
  void times_less_than_a_second_apart_are_a_tie_and_a_tie_is_airtables(
      long portalLaterByMillis, String winner) {
    String id = reconciled(1).get(0);
    Instant airtable = Instant.now().minusSeconds(300).truncatedTo(ChronoUnit.SECONDS);
    claimInAirtable(id, airtable);
    claim(id, ALICE, Duration.ofMinutes(5));
    world
        .jdbc()
        .sql("update leads set updated_at = ?")
        .param(World.at(airtable.plusMillis(portalLaterByMillis)))
        .update();

    sync();

    assertThat(text("select winner from reconciler.conflict")).isEqualTo(winner);
    assertThat(world.sides().differences()).isEmpty();
  }

  @Test
  void the_ledger_keeps_all_three_values_and_both_times() {
    String id = reconciled(1).get(0);
    claim(id, ALICE, Duration.ofMinutes(20));
    sync();
    Instant portal = Instant.parse("2026-01-02T03:04:05Z");
    world.portalEdit(
        id, Duration.ofMinutes(5), Map.of("claimed_by", BOB, "claimed_at", World.at(portal)));
    Instant airtable = Instant.now().minusSeconds(120).truncatedTo(ChronoUnit.SECONDS);
    leads.update(id, Map.of("Claimed By", "00000000-0000-0000-0000-000000000001"));
    leads.setModified(id, airtable);

    sync();

    assertThat(text("select agreed ->> 'claimed_by' from reconciler.conflict"))
        .isEqualTo(ALICE.toString());
    assertThat(text("select airtable ->> 'claimed_by' from reconciler.conflict"))
        .isEqualTo("00000000-0000-0000-0000-000000000001");
    assertThat(text("select portal ->> 'claimed_by' from reconciler.conflict"))
        .isEqualTo(BOB.toString());
    assertThat(
            text(
                "select cast((portal ->> 'claimed_at')::timestamptz at time zone 'UTC' as text)"
                    + " from reconciler.conflict"))
        .isEqualTo("2026-01-02 03:04:05");
    assertThat(
            world
                .jdbc()
                .sql("select airtable_modified_at from reconciler.conflict")
                .query((row, n) -> row.getTimestamp(1).toInstant())
                .single())
        .isEqualTo(airtable);
    assertThat(text("select client_id || ' ' || airtable_record_id from reconciler.conflict"))
        .isEqualTo(world.clientId() + " " + id);
    assertThat(
            world.count(
                "select count(*) from reconciler.conflict c join reconciler.run r"
                    + " on r.id = c.run_id where (r.result -> 'stage2' ->> 'conflicts')::int = 1"))
        .isEqualTo(1);
  }

  @Test
  void notes_that_both_sides_added_to_keep_both_additions() {
    String id = reconciled(1).get(0);
    world.portalEdit(id, Duration.ofMinutes(5), Map.of("notes", "note 1\nfrom the portal"));
    leads.update(id, Map.of("Notes", "note 1\nfrom Airtable"));
    leads.setModified(id, Instant.now().minusSeconds(120));

    RunResult result = sync();

    String merged = "note 1\nfrom Airtable\nfrom the portal";
    assertThat(cell(id, "Notes")).isEqualTo(merged);
    assertThat(world.lead(id)).containsEntry("notes", merged);
    assertThat(text(LEDGER)).isEqualTo("pull notes merge-lines merged settled");
    assertThat(result.stage2().conflicts()).isEqualTo(1);
    assertThat(sync().stage2().recordsProcessed()).isZero();
  }

  @Test
  void notes_that_one_side_rewrote_fall_back_to_the_newest() {
    String id = reconciled(1).get(0);
    world.portalEdit(id, Duration.ofMinutes(5), Map.of("notes", "rewritten"));
    leads.update(id, Map.of("Notes", "note 1\nfrom Airtable"));
    leads.setModified(id, Instant.now().minusSeconds(600));

    sync();

    assertThat(cell(id, "Notes")).isEqualTo("rewritten");
    assertThat(text(LEDGER)).isEqualTo("pull notes merge-lines portal open");
  }

  @ParameterizedTest
  @CsvSource({"600, portal", "0, airtable"})
  void a_conflict_that_only_stage_2_sees_is_settled_the_same_way(long secondsAgo, String winner) {
    String id = reconciled(1).get(0);
    claim(id, ALICE, Duration.ofMinutes(5));
    beforeStage2Reads(() -> claimInAirtable(id, Instant.now().minusSeconds(secondsAgo)));

    RunResult result = sync();

    assertThat(text(LEDGER)).isEqualTo("push claim newest " + winner + " open");
    assertThat(result.stage2().conflicts()).isEqualTo(1);
    assertThat(result.stage2().skippedBy().airtableNewer())
        .isEqualTo(winner.equals("airtable") ? 1 : 0);
    assertThat(world.sides().differences()).isEmpty();
    assertThat(sync().stage2().conflicts()).isZero();
  }

  @Test
  void the_same_edit_on_both_sides_is_no_conflict() {
    String id = reconciled(1).get(0);
    Instant at = Instant.parse("2026-01-02T03:04:05Z");
    world.portalEdit(id, GRACE_OVER, Map.of("claimed_by", ALICE, "claimed_at", World.at(at)));
    leads.update(
        id,
        Map.of(
            "Claimed By", ALICE.toString().toUpperCase(Locale.ROOT), "Claimed At", at.toString()));

    RunResult result = sync();

    assertThat(result.stage2().conflicts()).isZero();
    assertThat(writes()).isZero();
    assertThat(sync().stage2().recordsProcessed()).isZero();
  }

  @Test
  void groups_are_decided_each_on_its_own() {
    String id = reconciled(1).get(0);
    claim(id, ALICE, GRACE_OVER);
    leads.update(id, Map.of("Notes", "note 1\nfrom Airtable", "SMS Sent Count", 4));

    RunResult result = sync();

    assertThat(result.stage2().conflicts()).isZero();
    assertThat(world.lead(id))
        .containsEntry("notes", "note 1\nfrom Airtable")
        .containsEntry("claimed_by", ALICE);
    assertThat(world.sides().differences()).isEmpty();
  }

  @Test
  void a_bad_claim_in_airtable_keeps_the_claim_of_the_lead_as_it_was() {
    String id = reconciled(1).get(0);
    claim(id, ALICE, Duration.ofMinutes(5));
    sync();
    Map<String, Object> claimed = world.lead(id);
    leads.update(id, Map.of("Claimed By", "Bob", "Claimed At", "2026-03-04T05:06:07Z"));

    RunResult result = sync();

    assertThat(world.lead(id))
        .containsEntry("claimed_by", ALICE)
        .containsEntry("claimed_at", claimed.get("claimed_at"));
    assertThat(cell(id, "Claimed By")).isEqualTo("Bob");
    assertThat(result.stage1().errorCount()).isEqualTo(1);
    assertThat(text("select stage || ' ' || field from reconciler.dead_letter"))
        .isEqualTo("pull claimed_by");
  }

  @Test
  void a_later_claim_in_the_portal_repairs_a_bad_one_in_airtable() {
    String id = reconciled(1).get(0);
    leads.update(id, Map.of("Claimed By", "Bob"));
    leads.setModified(id, Instant.now().minusSeconds(600));
    sync();
    claim(id, ALICE, Duration.ofMinutes(5));

    RunResult result = sync();

    assertThat(cell(id, "Claimed By")).isEqualTo(ALICE.toString());
    assertThat(result.stage2().conflicts()).isEqualTo(1);
    assertThat(text("select airtable -> 'claimed_by' ->> 'raw' from reconciler.conflict"))
        .contains("Bob");
    RunResult after = sync();
    assertThat(after.stage1().errorCount()).isZero();
    assertThat(text("select status from reconciler.dead_letter")).isEqualTo("closed");
    assertThat(world.sides().differences()).isEmpty();
  }

  private void claimInAirtable(String id, Instant at) {
    leads.update(id, Map.of("Claimed By", BOB.toString()));
    leads.setModified(id, at);
  }

  private void beforeStage2Reads(Runnable work) {
    boolean[] done = {false};
    world
        .sandbox()
        .onRequest(
            request -> {
              if (!done[0]
                  && String.valueOf(request.query("filterByFormula")).contains("RECORD_ID")) {
                done[0] = true;
                work.run();
              }
              return false;
            },
            Fault.unavailable());
  }
}
