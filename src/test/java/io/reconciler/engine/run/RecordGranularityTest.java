package io.reconciler.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.engine.repair.SettleRequest;
import io.reconciler.sandbox.Fault;
import io.reconciler.sandbox.LoggedRequest;
import io.reconciler.world.World;
import io.reconciler.world.WorldTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The literal rule of old: a later change in Airtable, of whatever field, wins the record. */
class RecordGranularityTest extends WorldTest {

  private static final World RECORDS =
      World.open(
          Map.of("RECONCILER_CONFLICT_GRANULARITY", "record", "RECONCILER_GRACE_PERIOD_MS", "0"));

  private static final Predicate<LoggedRequest> PATCH = r -> r.method().equals("PATCH");
  private static final String REFUSAL =
      "{\"error\":{\"type\":\"INVALID_VALUE_FOR_COLUMN\",\"message\":\"Poison\"}}";

  /** Surely before the second that Airtable shows for the PATCH, and after the claim. */
  private static final Duration WHILE_ON_ITS_WAY = Duration.ofSeconds(2);

  RecordGranularityTest() {
    super(RECORDS);
  }

  @AfterAll
  static void close() {
    RECORDS.close();
  }

  @Test
  void an_unrelated_later_change_in_airtable_takes_the_claim_back_into_the_ledger() {
    String id = agreedLongAgo();
    claim(id, ALICE, Duration.ofMinutes(5));
    leads.update(id, Map.of("SMS Sent Count", 4));

    RunResult result = sync();

    assertThat(writes()).isZero();
    assertThat(world.lead(id)).containsEntry("claimed_by", null).containsEntry("sms_sent_count", 4);
    assertThat(result.stage2().conflicts()).isEqualTo(1);
    assertThat(text("select winner || ' ' || (portal ->> 'claimed_by') from reconciler.conflict"))
        .isEqualTo("airtable " + ALICE);
    assertThat(world.sides().differences()).isEmpty();
  }

  @Test
  void an_unrelated_earlier_change_in_airtable_does_not_hinder_the_push() {
    String id = agreedLongAgo();
    leads.update(id, Map.of("SMS Sent Count", 4));
    leads.setModified(id, Instant.now().minusSeconds(600));
    claim(id, ALICE, Duration.ofMinutes(5));

    sync();

    assertThat(cell(id, "Claimed By")).isEqualTo(ALICE.toString());
    assertThat(world.count("select count(*) from reconciler.conflict")).isZero();
  }

  @Test
  void a_record_that_nobody_touched_since_it_was_agreed_on_is_pushed() {
    String id = reconciled(1).get(0);
    claim(id, ALICE, GRACE_OVER);

    sync();

    assertThat(cell(id, "Claimed By")).isEqualTo(ALICE.toString());
    assertThat(sync().stage2().recordsProcessed()).isZero();
  }

  @Test
  void a_note_that_was_written_while_our_claim_was_on_its_way_is_pushed() {
    String id = claimedWhileItsNoteIsWritten(Fault.delayed(Duration.ZERO));
    assertThat(cell(id, "Claimed By")).isEqualTo(ALICE.toString());
    assertThat(cell(id, "Notes")).isEqualTo("note 1");

    RunResult next = sync();

    assertThat(next.stage2().updated()).isEqualTo(1);
    assertClaimedWithNote(id, "note 1\nours");
    assertNothingLeft();
  }

  @Test
  void a_note_that_was_written_while_the_answer_to_our_claim_got_lost_is_pushed() {
    String id = claimedWhileItsNoteIsWritten(Fault.dropAfter());
    assertThat(cell(id, "Claimed By")).isEqualTo(ALICE.toString());
    assertThat(cell(id, "Notes")).isEqualTo("note 1");

    RunResult next = sync();

    assertThat(next.stage2().updated()).isEqualTo(1);
    assertClaimedWithNote(id, "note 1\nours");
    assertNothingLeft();
  }

  @Test
  void a_claim_that_was_changed_while_it_was_on_its_way_is_pushed_again() {
    String id = agreedLongAgo();
    claim(id, ALICE, Duration.ofMinutes(5));
    atTheFirstPatch(() -> claim(id, BOB, WHILE_ON_ITS_WAY), Fault.delayed(Duration.ZERO));
    sync();
    assertThat(cell(id, "Claimed By")).isEqualTo(ALICE.toString());

    sync();

    assertThat(world.lead(id)).containsEntry("claimed_by", BOB);
    assertThat(cell(id, "Claimed By")).isEqualTo(BOB.toString());
    assertNothingLeft();
  }

  @Test
  void somebody_elses_touch_after_our_claim_takes_the_note_back() {
    String id = claimedWhileItsNoteIsWritten(Fault.delayed(Duration.ZERO));
    touchLater(id);

    sync();

    assertNoteTakenBack(id, "note 1");
  }

  @Test
  void somebody_elses_touch_takes_the_note_back_after_a_lost_answer_too() {
    String id = claimedWhileItsNoteIsWritten(Fault.dropAfter());
    touchLater(id);

    sync();

    assertNoteTakenBack(id, "note 1");
  }

  @Test
  void somebody_elses_touch_while_our_claim_was_on_its_way_is_told_by_the_answer() {
    String id = agreedLongAgo();
    claim(id, ALICE, Duration.ofMinutes(5));
    atTheFirstPatch(
        () -> {
          write(id, "note 1\nours");
          leads.update(id, Map.of("Notes", "theirs"));
        },
        Fault.delayed(Duration.ZERO));
    sync();

    sync();

    assertNoteTakenBack(id, "theirs");
  }

  @Test
  void a_refused_note_is_not_taken_back_because_the_claim_beside_it_went_through() {
    String id = agreedLongAgo();
    claim(id, ALICE, Duration.ofMinutes(5));
    world.portalEdit(id, Duration.ofMinutes(5), Map.of("notes", "note 1\nours"));
    world
        .sandbox()
        .onRequest(
            r -> PATCH.test(r) && r.body().contains("ours"), Fault.answer(422, REFUSAL).always());
    sync();
    assertThat(cell(id, "Claimed By")).isEqualTo(ALICE.toString());
    assertThat(cell(id, "Notes")).isEqualTo("note 1");

    sync();

    assertThat(world.lead(id)).containsEntry("notes", "note 1\nours");
    assertThat(world.count("select count(*) from reconciler.conflict")).isZero();
    assertThat(text("select field || ' ' || status from reconciler.dead_letter"))
        .isEqualTo("notes open");

    world.sandbox().clearFaults();
    world.jdbc().sql("update reconciler.dead_letter set next_attempt_at = now()").update();
    sync();

    assertClaimedWithNote(id, "note 1\nours");
    assertNothingLeft();
  }

  @Test
  void a_dry_run_foretells_who_wins_the_record() {
    List<String> ids = reconciled(2);
    world.age(Duration.ofMinutes(30));
    leads.update(ids.get(0), Map.of("Notes", "theirs"));
    leads.setModified(ids.get(0), Instant.now().minusSeconds(600));
    ids.forEach(id -> claim(id, ALICE, Duration.ofMinutes(5)));
    leads.update(ids.get(1), Map.of("Notes", "theirs"));

    assertSamePlanAsRun();

    assertThat(cell(ids.get(0), "Claimed By")).isEqualTo(ALICE.toString());
    assertThat(world.lead(ids.get(1))).containsEntry("claimed_by", null);
    assertThat(world.lead(ids.get(0))).containsEntry("notes", "theirs");
    assertThat(world.lead(ids.get(1))).containsEntry("notes", "theirs");
    assertThat(text("select airtable_record_id || field_group || winner from reconciler.conflict"))
        .isEqualTo(ids.get(1) + "claimairtable");
    assertThat(world.sides().differences()).isEmpty();
  }

  @Test
  void a_dry_run_foretells_that_the_note_beside_our_claim_is_pushed() {
    String id = claimedWhileItsNoteIsWritten(Fault.dropAfter());

    assertSamePlanAsRun();

    assertClaimedWithNote(id, "note 1\nours");
    assertNothingLeft();
  }

  @Test
  void a_claim_that_was_changed_while_a_losing_note_was_applied_is_pushed() {
    String id = claimedWhileItsNoteIsWritten(Fault.delayed(Duration.ZERO));
    touchLater(id);
    sync();
    UUID conflict = UUID.fromString(text("select id from reconciler.conflict"));
    atTheFirstPatch(() -> claim(id, BOB, WHILE_ON_ITS_WAY), Fault.delayed(Duration.ZERO));

    world.engine().applyConflict(SettleRequest.of(conflict, "ann", Trigger.CLI));
    assertThat(cell(id, "Claimed By")).isEqualTo(ALICE.toString());
    sync();

    assertThat(world.lead(id))
        .containsEntry("claimed_by", BOB)
        .containsEntry("notes", "note 1\nours");
    assertThat(cell(id, "Claimed By")).isEqualTo(BOB.toString());
    assertThat(cell(id, "Notes")).isEqualTo("note 1\nours");
    assertThat(text("select status from reconciler.conflict")).isEqualTo("applied");
    assertThat(world.sides().differences()).isEmpty();
  }

  private void assertSamePlanAsRun() {
    RunResult foretold = succeeded(world.run(dryRun(false)));
    RunResult run = sync();

    assertThat(foretold.stage1()).isEqualTo(run.stage1());
    assertThat(foretold.stage2()).isEqualTo(run.stage2());
  }

  private String claimedWhileItsNoteIsWritten(Fault fault) {
    String id = agreedLongAgo();
    claim(id, ALICE, Duration.ofMinutes(5));
    atTheFirstPatch(() -> write(id, "note 1\nours"), fault);
    sync();
    return id;
  }

  // Before the PATCH is carried out.
  private void atTheFirstPatch(Runnable work, Fault fault) {
    boolean[] done = {false};
    world
        .sandbox()
        .onRequest(
            request -> {
              boolean first = PATCH.test(request) && !done[0];
              if (first) {
                done[0] = true;
                work.run();
              }
              return first;
            },
            fault);
  }

  private void write(String id, String notes) {
    world.portalEdit(id, WHILE_ON_ITS_WAY, Map.of("notes", notes));
  }

  private void touchLater(String id) {
    world.age(Duration.ofSeconds(10));
    leads.update(id, Map.of("SMS Sent Count", 4));
  }

  private void assertClaimedWithNote(String id, String notes) {
    assertThat(world.lead(id)).containsEntry("claimed_by", ALICE).containsEntry("notes", notes);
    assertThat(cell(id, "Claimed By")).isEqualTo(ALICE.toString());
    assertThat(cell(id, "Notes")).isEqualTo(notes);
  }

  private void assertNoteTakenBack(String id, String notes) {
    assertClaimedWithNote(id, notes);
    assertThat(text("select winner || ' ' || (portal ->> 'notes') from reconciler.conflict"))
        .isEqualTo("airtable note 1\nours");
    assertThat(world.sides().differences()).isEmpty();
  }

  // Whatever is to be done was done: nothing waits, nothing was decided, nothing is written twice.
  private void assertNothingLeft() {
    assertThat(world.count("select count(*) from reconciler.conflict")).isZero();
    assertThat(
            world.count(
                "select count(*) from reconciler.agreed_value where pending or intent <> '{}'"))
        .isZero();
    assertThat(world.sides().differences()).isEmpty();
    world.sandbox().clearLogs();
    sync();
    assertThat(writes()).isZero();
  }

  // Airtable shows whole seconds: a change within the second of the agreement is not seen.
  private String agreedLongAgo() {
    String id = reconciled(1).get(0);
    world.age(Duration.ofMinutes(30));
    return id;
  }
}
