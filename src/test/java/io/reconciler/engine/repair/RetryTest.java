package io.reconciler.engine.repair;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.engine.repair.SettleResult.Status;
import io.reconciler.engine.run.RunRequest;
import io.reconciler.engine.run.RunResult;
import io.reconciler.engine.run.Trigger;
import io.reconciler.sandbox.Fault;
import io.reconciler.sandbox.table.SandboxField;
import io.reconciler.world.LedgerEdits;
import io.reconciler.world.World;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Trying dead letters again and giving them up, on a real PostgreSQL and the sandbox. */
class RetryTest {

  private static final Fault REFUSAL =
      Fault.answer(
          422,
          "{\"error\":{\"type\":\"INVALID_VALUE_FOR_COLUMN\",\"message\":\"Field \\\"Claimed By\\\""
              + " cannot accept the provided value\"}}");

  private static final World world = World.shared();
  private LedgerEdits edits;

  @BeforeEach
  void fresh() {
    world.fresh();
    edits = new LedgerEdits(world);
  }

  private static SettleResult retry(UUID id) {
    return world.engine().retry(SettleRequest.of(id, "ann", Trigger.CLI));
  }

  private static List<SettleResult> retryAll() {
    return world.engine().retryAll(new RetryAll("ann", Trigger.CLI));
  }

  private String status(UUID id) {
    return edits.column("dead_letter", id, "status");
  }

  /** A claim that Airtable has refused for its data. */
  private String refusedClaim() {
    String id = edits.agreed(Map.of("First Name", "Ada"));
    edits.portalClaim(id, LedgerEdits.ALICE, Duration.ofSeconds(90));
    world.sandbox().onRequest(r -> r.method().equals("PATCH"), REFUSAL.always());
    world.sync();
    world.sandbox().clearFaults();
    return id;
  }

  /** A record whose lead PostgreSQL refuses to take, until {@link #heal}. */
  private String wholeFailure() {
    world
        .jdbc()
        .sql(
            "create function no_eve() returns trigger language plpgsql as"
                + " 'begin raise exception ''no_eve''; end'")
        .update();
    world
        .jdbc()
        .sql("create trigger no_eve before insert on leads for each row execute function no_eve()")
        .update();
    String id = world.leads().create(Map.of("First Name", "Eve"));
    RunResult met = world.sync();
    heal();
    assertThat(met.stage1().errors()).anyMatch(text -> text.contains("no_eve"));
    return id;
  }

  private static void heal() {
    world.jdbc().sql("drop function if exists no_eve cascade").update();
  }

  private static void outOfTheWindow(String id) {
    world.leads().setModified(id, Instant.now().minus(Duration.ofHours(3)));
  }

  @Test
  void a_corrected_cell_goes_through() {
    String id = edits.agreed(Map.of("First Name", "Ada", "Booked At", "soon"));
    UUID letter = edits.deadLetter();
    world.leads().update(id, Map.of("Booked At", "2026-05-06T07:08:09.000Z"));

    SettleResult result = retry(letter);

    assertThat(result.status()).as(result.message()).isEqualTo(Status.DONE);
    assertThat(world.lead(id).get("booked_at").toString()).startsWith("2026-05-06");
    assertThat(status(letter)).isEqualTo("closed");
    assertThat(edits.column("dead_letter", letter, "settled_by")).isEmpty();
  }

  @Test
  void a_cell_that_is_still_bad_fails_again_and_counts() {
    edits.agreed(Map.of("First Name", "Ada", "Booked At", "soon"));
    UUID letter = edits.deadLetter();

    SettleResult result = retry(letter);

    assertThat(result.status()).isEqualTo(Status.FAILED);
    assertThat(result.message()).contains("failed again").contains("soon").contains("attempt 2");
    assertThat(status(letter)).isEqualTo("open");
    assertThat(world.count("select count(*) from reconciler.dead_letter")).isEqualTo(1);
    assertThat(world.count("select attempts from reconciler.dead_letter")).isEqualTo(2);
  }

  @Test
  void a_record_that_is_gone_leaves_nothing_to_apply() {
    String id = edits.agreed(Map.of("First Name", "Ada", "Booked At", "soon"));
    UUID letter = edits.deadLetter();
    world.leads().delete(id);

    SettleResult result = retry(letter);

    assertThat(result.status()).isEqualTo(Status.DONE);
    assertThat(result.message()).contains("gone");
    assertThat(status(letter)).isEqualTo("closed");
    assertThat(edits.column("dead_letter", letter, "settled_by")).contains("gone");
  }

  @Test
  void a_refused_claim_goes_through_once_airtable_takes_it() {
    String id = refusedClaim();
    UUID letter = edits.deadLetter();

    SettleResult result = retry(letter);

    assertThat(result.status()).as(result.message()).isEqualTo(Status.DONE);
    assertThat(edits.cell(id, "Claimed By")).isEqualTo(LedgerEdits.ALICE.toString());
    assertThat(status(letter)).isEqualTo("closed");
  }

  @Test
  void a_claim_that_is_refused_again_stays_one_dead_letter() {
    refusedClaim();
    UUID letter = edits.deadLetter();
    world.sandbox().onRequest(r -> r.method().equals("PATCH"), REFUSAL.always());

    SettleResult result = retry(letter);

    assertThat(result.status()).isEqualTo(Status.FAILED);
    assertThat(result.message()).contains("cannot accept").contains("attempt 2");
    assertThat(edits.deadLetter()).isEqualTo(letter);
    assertThat(status(letter)).isEqualTo("open");
  }

  @Test
  void a_retry_does_not_wait_for_the_grace_period() {
    String id = refusedClaim();
    edits.portalClaim(id, LedgerEdits.BOB, Duration.ZERO);

    SettleResult result = retry(edits.deadLetter());

    assertThat(result.status()).as(result.message()).isEqualTo(Status.DONE);
    assertThat(edits.cell(id, "Claimed By")).isEqualTo(LedgerEdits.BOB.toString());
  }

  @Test
  void a_discarded_claim_is_not_sent_by_runs_but_can_be_retried() {
    String id = refusedClaim();
    UUID letter = edits.deadLetter();

    SettleResult discarded = world.engine().discard(SettleRequest.of(letter, "ann", Trigger.CLI));
    world.sandbox().clearLogs();
    world.sync();

    assertThat(discarded.status()).isEqualTo(Status.DONE);
    assertThat(status(letter)).isEqualTo("discarded");
    assertThat(edits.column("dead_letter", letter, "settled_by")).isEqualTo("ann");
    assertThat(world.sandbox().writes()).isEmpty();
    assertThat(retry(letter).status()).isEqualTo(Status.DONE);
    assertThat(edits.cell(id, "Claimed By")).isEqualTo(LedgerEdits.ALICE.toString());
  }

  @Test
  void a_retry_leaves_the_other_changes_of_its_record_to_their_run() {
    String id = refusedClaim();
    edits.portalNote(id, "just typed");

    SettleResult result = retry(edits.deadLetter());

    assertThat(result.status()).as(result.message()).isEqualTo(Status.DONE);
    assertThat(edits.cell(id, "Claimed By")).isEqualTo(LedgerEdits.ALICE.toString());
    assertThat(edits.cell(id, "Notes")).isEmpty();
    world.sync();
    assertThat(edits.cell(id, "Notes")).isEqualTo("just typed");
  }

  @Test
  void a_field_that_was_gone_is_looked_for_again() {
    String id = edits.agreed(Map.of("First Name", "Ada", "Company", "Acme"));
    world.leads().removeField("Company");
    world.leads().update(id, Map.of("First Name", "Grace"));
    world.sync();
    UUID letter = edits.deadLetter();

    SettleResult still = retry(letter);
    world.leads().addField(SandboxField.of("Company", "singleLineText"));
    List<SettleResult> back = retryAll();

    assertThat(still.status()).isEqualTo(Status.FAILED);
    assertThat(still.message()).contains("failed again").contains("attempt 2");
    assertThat(back).extracting(SettleResult::status).containsExactly(Status.DONE);
    assertThat(status(letter)).isEqualTo("closed");
    assertThat(world.lead(id)).containsEntry("company", "Acme");
  }

  @Test
  void a_retry_works_beside_a_field_that_is_gone() {
    String id = refusedClaim();
    UUID letter = edits.deadLetter();
    world.leads().removeField("Notes");
    world.leads().update(id, Map.of("First Name", "Grace"));
    world.sandbox().onRequest(r -> r.method().equals("PATCH"), REFUSAL.always());
    world.sync();
    world.sandbox().clearFaults();
    world.jdbc().sql("delete from reconciler.airtable_table").update();
    world.jdbc().sql("delete from reconciler.field").update();

    SettleResult result = retry(letter);

    assertThat(result.status()).as(result.message()).isEqualTo(Status.DONE);
    assertThat(edits.cell(id, "Claimed By")).isEqualTo(LedgerEdits.ALICE.toString());
  }

  @Test
  void what_is_settled_is_left_alone() {
    refusedClaim();
    UUID letter = edits.deadLetter();
    SettleRequest request = SettleRequest.of(letter, "ann", Trigger.CLI);
    world.engine().discard(request);

    assertThat(world.engine().discard(request).status()).isEqualTo(Status.SETTLED_BEFORE);
    retry(letter);
    world.sandbox().clearLogs();
    assertThat(retry(letter).status()).isEqualTo(Status.SETTLED_BEFORE);
    assertThat(world.engine().discard(request).status()).isEqualTo(Status.SETTLED_BEFORE);
    assertThat(world.sandbox().requests()).isEmpty();
    assertThat(status(letter)).isEqualTo("closed");
  }

  @Test
  void a_gone_record_that_is_back_gets_what_the_portal_had() {
    String id = edits.agreed(Map.of("First Name", "Ada"));
    world.leads().delete(id);
    edits.portalClaim(id, LedgerEdits.ALICE, Duration.ofSeconds(90));
    world.sync();
    UUID letter = edits.deadLetter();
    assertThat(world.lead(id)).containsEntry("is_active", false);

    SettleResult still = retry(letter);
    assertThat(still.status()).isEqualTo(Status.FAILED);
    assertThat(still.message()).contains("still gone");
    assertThat(status(letter)).isEqualTo("open");
    assertThat(edits.column("dead_letter", letter, "attempts")).isEqualTo("2");

    world.leads().restore(id);
    SettleResult back = retry(letter);

    assertThat(back.status()).as(back.message()).isEqualTo(Status.DONE);
    assertThat(world.lead(id)).containsEntry("is_active", true);
    assertThat(edits.cell(id, "Claimed By")).isEqualTo(LedgerEdits.ALICE.toString());
    assertThat(status(letter)).isEqualTo("closed");
  }

  @Test
  void a_record_that_failed_as_a_whole_goes_through_when_the_reason_has_passed() {
    String id = wholeFailure();
    UUID letter = edits.deadLetter();
    assertThat(world.lead(id)).isEmpty();

    SettleResult result = retry(letter);

    assertThat(result.status()).as(result.message()).isEqualTo(Status.DONE);
    assertThat(world.lead(id)).containsEntry("first_name", "Eve");
  }

  @Test
  void a_run_tries_a_due_record_again_that_its_listing_did_not_bring() {
    String id = wholeFailure();
    outOfTheWindow(id);

    RunResult early = world.sync();
    world.jdbc().sql("update reconciler.dead_letter set next_attempt_at = now()").update();
    RunResult due = world.sync();
    RunResult after = world.sync();

    assertThat(early.stage1().recordsProcessed()).isZero();
    assertThat(due.stage1().inserted()).isEqualTo(1);
    assertThat(world.lead(id)).containsEntry("first_name", "Eve");
    assertThat(after.stage1().recordsProcessed()).isZero();
    assertThat(world.count("select count(*) from reconciler.dead_letter where status <> 'closed'"))
        .isZero();
  }

  @Test
  void a_run_closes_what_waits_for_a_record_that_is_gone() {
    String id = wholeFailure();
    UUID letter = edits.deadLetter();
    world.leads().delete(id);
    world.jdbc().sql("update reconciler.dead_letter set next_attempt_at = now()").update();

    RunResult run = world.sync();

    assertThat(run.stage1().errorCount()).isZero();
    assertThat(status(letter)).isEqualTo("closed");
    assertThat(edits.column("dead_letter", letter, "settled_by")).contains("gone");
  }

  @Test
  void a_dry_run_only_plans_what_is_due() {
    String id = wholeFailure();
    outOfTheWindow(id);
    world.jdbc().sql("update reconciler.dead_letter set next_attempt_at = now()").update();

    RunResult dry = world.run(new RunRequest(Trigger.CLI, "test", 20, null, false, true, false));

    assertThat(world.plan().writes()).extracting(RunResult.PlannedWrite::recordId).contains(id);
    assertThat(world.lead(id)).isEmpty();
    assertThat(status(edits.deadLetter())).isEqualTo("open");
  }

  @Test
  void all_means_every_open_one_of_active_clients() {
    String bad = edits.agreed(Map.of("First Name", "Ada", "Booked At", "soon"));
    String refused = refusedClaim();
    String whole = wholeFailure();
    world.leads().update(bad, Map.of("First Name", "Still bad"));
    world.sandbox().clearLogs();

    List<SettleResult> results = retryAll();

    assertThat(results).extracting(SettleResult::status).hasSize(3).containsOnlyOnce(Status.FAILED);
    assertThat(edits.cell(refused, "Claimed By")).isEqualTo(LedgerEdits.ALICE.toString());
    assertThat(world.lead(whole)).containsEntry("first_name", "Eve");
    assertThat(world.lead(bad)).containsEntry("first_name", "Still bad");
    assertThat(world.sandbox().requests()).hasSize(3);
    assertThat(edits.column("dead_letter", edits.deadLetter(), "airtable_record_id"))
        .isEqualTo(bad);
  }

  @Test
  void all_of_nothing_is_nothing() {
    refusedClaim();
    world.jdbc().sql("update clients set is_active = false").update();

    assertThat(retryAll()).isEmpty();
    assertThat(retry(edits.deadLetter()).status()).isEqualTo(Status.INVALID);
  }

  @Test
  void a_busy_client_is_left_alone() throws SQLException {
    refusedClaim();
    UUID letter = edits.deadLetter();

    List<SettleResult> results;
    try (Connection other = world.database().getConnection();
        var lock =
            other.prepareStatement(
                "select pg_advisory_lock(hashtextextended('reconciler client ' || ?, 0))");
        var unlock = other.prepareStatement("select pg_advisory_unlock_all()")) {
      lock.setString(1, world.clientId().toString());
      lock.execute();
      results = retryAll();
      unlock.execute();
    }

    assertThat(results).extracting(SettleResult::status).containsExactly(Status.BUSY);
    assertThat(edits.column("dead_letter", letter, "attempts")).isEqualTo("1");
  }

  @Test
  void an_airtable_that_can_not_be_reached_is_no_new_attempt() {
    refusedClaim();
    UUID letter = edits.deadLetter();
    world.sandbox().onRequest(request -> true, Fault.unavailable().always());

    SettleResult result = retry(letter);

    assertThat(result.status()).isEqualTo(Status.ERROR);
    assertThat(status(letter)).isEqualTo("open");
    assertThat(edits.column("dead_letter", letter, "attempts")).isEqualTo("1");
  }

  @Test
  void an_unknown_id_is_said_to_be_unknown() {
    assertThat(retry(UUID.randomUUID()).status()).isEqualTo(Status.UNKNOWN);
    assertThat(
            world.engine().discard(SettleRequest.of(UUID.randomUUID(), "ann", Trigger.UI)).status())
        .isEqualTo(Status.UNKNOWN);
  }
}
