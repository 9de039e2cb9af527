package io.reconciler.engine.guard;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.reconciler.decide.ConflictPolicy;
import io.reconciler.engine.run.ClientOutcome;
import io.reconciler.engine.run.RunOutcome;
import io.reconciler.engine.run.RunResult;
import io.reconciler.world.WorldTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Tables that were filled before the engine came: what was never agreed on. */
class FirstAgreementTest extends WorldTest {

  private static final Duration LATER = Duration.ofMinutes(2);

  @Test
  void a_filled_value_goes_over_an_empty_one_whichever_is_newer() {
    List<String> ids = neverAgreed(4);
    leads.update(ids.get(0), Map.of("Claimed By", ALICE.toString()));
    older(ids.get(0));
    unclaim(ids.get(0), LATER);
    world.portalEdit(ids.get(1), Duration.ofDays(9), Map.of("claimed_by", BOB));
    world.portalEdit(ids.get(2), LATER, java.util.Collections.singletonMap("notes", null));
    world.portalEdit(ids.get(3), Duration.ofDays(9), Map.of("notes", "portal"));
    leads.update(ids.get(3), java.util.Collections.singletonMap("Notes", null));

    RunResult result = fullSync();

    assertThat(world.lead(ids.get(0))).containsEntry("claimed_by", ALICE);
    assertThat(cell(ids.get(1), "Claimed By")).isEqualTo(BOB.toString());
    assertThat(world.lead(ids.get(2))).containsEntry("notes", "note 3");
    assertThat(cell(ids.get(3), "Notes")).isEqualTo("portal");
    assertThat(result.stage2().conflicts()).isZero();
    assertThat(world.count("select count(*) from reconciler.conflict")).isZero();
    assertThat(world.sides().differences()).isEmpty();
    assertThat(sync().stage2().recordsProcessed()).isZero();
  }

  @Test
  void two_filled_values_are_a_conflict_and_one_in_which_nothing_was_lost_is_settled() {
    List<String> ids = neverAgreed(2);
    bothClaim(ids.get(0));
    world.portalEdit(ids.get(1), LATER, Map.of("notes", "portal"));

    RunResult result = fullSync();

    assertThat(result.stage2().conflicts()).isEqualTo(2);
    assertThat(cell(ids.get(0), "Claimed By")).isEqualTo(ALICE.toString());
    assertThat(cell(ids.get(1), "Notes")).isEqualTo("note 2\nportal");
    assertThat(ledger())
        .containsExactly(
            "claim newest portal open null", "notes merge-lines merged settled nothing lost");
    assertThat(world.count("select count(*) from reconciler.conflict where settled_at > now()"))
        .isZero();
  }

  @Test
  void a_conflict_whose_losing_value_is_empty_is_settled_at_once() {
    String id = reconciled(1).get(0);
    leads.update(id, Map.of("Claimed By", BOB.toString()));
    sync();
    unclaim(id, Duration.ofMinutes(1));
    leads.update(id, Map.of("Claimed By", ALICE.toString()));

    sync();

    assertThat(ledger()).containsExactly("claim newest airtable settled nothing lost");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void many_first_differences_stop_the_run_before_it_writes_anything(boolean full) {
    manyDifferences();
    List<Map<String, Object>> before = stored();
    var airtable = world.sides().airtable();

    ClientOutcome outcome = world.runAll(world.request(20, full)).get(0);

    assertThat(outcome.outcome()).isEqualTo(RunOutcome.STOPPED);
    assertThat(outcome.result().failure())
        .contains("12 of 20 leads", "1 hold a value in Airtable only", "1 in PostgreSQL only")
        .contains("10 another one on each side", "nothing was written")
        .contains("--first airtable", "--first portal", "--first newest", "--dry-run", "--force")
        .contains(full ? "sync --full --dry-run" : "sync --dry-run");
    assertThat(outcome.result().stage1().recordsProcessed()).isZero();
    assertThat(outcome.result().airtableRequests()).isPositive();
    assertThat(stored()).isEqualTo(before);
    assertThat(world.sides().airtable()).isEqualTo(airtable);
    assertThat(text("select outcome || ' ' || stopped_by_guard from reconciler.run"))
        .isEqualTo("failed true");
  }

  @Test
  void that_a_table_was_never_fully_loaded_is_said_once_and_names_it() {
    List<String> ids = neverAgreed(20);
    Logger listing = (Logger) LoggerFactory.getLogger("io.reconciler.engine.pull.Listing");
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    listing.addAppender(log);
    try {
      sync();
    } finally {
      listing.detachAppender(log);
    }

    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        // Other worlds log beside this one; each has a base of its own.
        .filteredOn(text -> text.contains(world.baseId()))
        .containsExactly(
            "leads of "
                + world.baseId()
                + " was never fully loaded: run `reconciler sync --full` once to bring in every record");
    assertThat(world.sides().differences()).isEmpty();
    assertThat(leads.ids()).containsExactlyInAnyOrderElementsOf(ids);
  }

  @Test
  void the_schedule_is_stopped_too_and_goes_on_once_somebody_has_said_whose_values_count() {
    manyDifferences();

    assertThat(world.runAll(scheduled()).get(0).outcome()).isEqualTo(RunOutcome.STOPPED);
    succeeded(world.run(world.request(20, true).withFirst(ConflictPolicy.AIRTABLE)));
    RunResult after = succeeded(world.run(scheduled()));

    assertThat(after.stage2().recordsProcessed()).isZero();
  }

  @Test
  void a_dry_run_is_stopped_as_well_and_shows_what_it_would_do() {
    manyDifferences();

    ClientOutcome outcome = world.runAll(dryRun(true)).get(0);

    assertThat(outcome.outcome()).isEqualTo(RunOutcome.STOPPED);
    assertThat(outcome.result().stage2().conflicts()).isEqualTo(10);
  }

  @Test
  void where_a_run_is_not_rehearsed_its_dry_run_is_not_stopped_either() {
    List<String> ids = reconciled(20);
    ids.forEach(this::older);
    world.jdbc().sql("update reconciler.agreed_value set agreed = agreed - 'claim'").update();
    ids.stream().limit(12).forEach(this::bothClaim);

    RunResult dry = succeeded(world.run(dryRun(true)));
    RunResult real = fullSync();

    assertThat(dry.stage2().conflicts()).isEqualTo(real.stage2().conflicts()).isEqualTo(12);
    assertThat(cell(ids.get(0), "Claimed By")).isEqualTo(ALICE.toString());
    assertThat(world.sides().differences()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = ConflictPolicy.class,
      names = {"AIRTABLE", "PORTAL", "NEWEST"})
  void a_side_that_was_told_to_count_wins_even_when_it_is_empty(ConflictPolicy first) {
    List<String> ids = manyDifferences();
    String claimedInAirtable = ids.get(10);
    String claimedInPortal = ids.get(11);

    succeeded(world.run(world.request(20, true).withFirst(first)));

    boolean airtable = first == ConflictPolicy.AIRTABLE;
    assertThat(cell(ids.get(0), "Claimed By")).isEqualTo((airtable ? BOB : ALICE).toString());
    assertThat(cell(claimedInAirtable, "Claimed By"))
        .isEqualTo(first == ConflictPolicy.PORTAL ? "" : BOB.toString());
    assertThat(cell(claimedInPortal, "Claimed By")).isEqualTo(airtable ? "" : ALICE.toString());
    assertThat(world.sides().differences()).isEmpty();
    assertThat(ledger()).allMatch(entry -> entry.startsWith("claim " + first.label()));
    assertThat(world.count("select count(*) from reconciler.conflict where status <> 'open'"))
        .isZero();
  }

  @Test
  void forced_it_goes_on_by_the_rule_that_loses_nothing() {
    List<String> ids = manyDifferences();

    succeeded(world.run(forced()));

    assertThat(cell(ids.get(10), "Claimed By")).isEqualTo(BOB.toString());
    assertThat(cell(ids.get(11), "Claimed By")).isEqualTo(ALICE.toString());
    assertThat(ledger()).hasSize(10).containsOnly("claim newest portal open null");
  }

  @Test
  void a_tenth_of_the_leads_is_not_many() {
    List<String> ids = neverAgreed(110);
    ids.stream().limit(11).forEach(this::bothClaim);

    RunResult result = fullSync();

    assertThat(result.stage2().conflicts()).isEqualTo(11);
    assertThat(result.stage2().updated()).isEqualTo(11);
  }

  @Test
  void ten_leads_are_not_many_and_cost_no_look_before() {
    List<String> ids = neverAgreed(10);
    ids.forEach(this::bothClaim);
    world.sandbox().clearLogs();

    RunResult result = fullSync();

    assertThat(result.stage2().conflicts()).isEqualTo(10);
    assertThat(result.airtableRequests()).isEqualTo(3);
  }

  @Test
  void a_client_that_was_loaded_once_is_not_stopped() {
    List<String> ids = reconciled(20);
    fullSync();
    world.jdbc().sql("delete from reconciler.agreed_value").update();
    ids.forEach(this::bothClaim);

    assertThat(fullSync().stage2().conflicts()).isEqualTo(20);
  }

  /** Leads that stand on both sides alike, as if the engine had never seen them. */
  private List<String> neverAgreed(int count) {
    List<String> ids = reconciled(count);
    ids.forEach(this::older);
    world.jdbc().sql("delete from reconciler.agreed_value").update();
    world.jdbc().sql("delete from reconciler.run").update();
    return ids;
  }

  /** 20 leads: 10 claimed by two, 1 claimed in Airtable only, 1 in the portal only. */
  private List<String> manyDifferences() {
    List<String> ids = neverAgreed(20);
    ids.stream().limit(10).forEach(this::bothClaim);
    unclaim(ids.get(10), Duration.ofDays(9));
    leads.update(ids.get(10), Map.of("Claimed By", BOB.toString()));
    claim(ids.get(11), ALICE, LATER);
    older(ids.get(11));
    world.sandbox().clearLogs();
    return ids;
  }

  /** Claimed by Bob in Airtable, and later by Alice in the portal. */
  private void bothClaim(String id) {
    leads.update(id, Map.of("Claimed By", BOB.toString()));
    older(id);
    world.portalEdit(id, LATER, Map.of("claimed_by", ALICE));
  }

  private List<Map<String, Object>> stored() {
    return world
        .jdbc()
        .sql(
            "select (select count(*) from reconciler.agreed_value), l.*, l.xmin::text from leads l"
                + " order by id")
        .query()
        .listOfRows();
  }

  private void older(String id) {
    leads.setModified(id, Instant.now().minus(Duration.ofMinutes(10)));
  }

  private List<String> ledger() {
    return world
        .jdbc()
        .sql(
            "select field_group || ' ' || policy || ' ' || winner || ' ' || status || ' '"
                + " || coalesce(settled_by, 'null') from reconciler.conflict order by 1")
        .query(String.class)
        .list();
  }
}
