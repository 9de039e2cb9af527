package io.reconciler.engine.pull;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.engine.run.RunRequest;
import io.reconciler.engine.run.RunResult;
import io.reconciler.engine.run.Trigger;
import io.reconciler.sandbox.Fault;
import io.reconciler.world.World;
import io.reconciler.world.WorldTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** The table of the leads that is dropped and made anew, empty or restored from a dump. */
@Isolated("What is logged is among its subjects, and other classes set logging up anew.")
class RemadeLeadsTest extends WorldTest {

  private static final World WORLD = World.open(Map.of());
  private static final Duration LONG_AGO = Duration.ofDays(2);

  /** So many that a guard would have to stop a run that took them for deleted. */
  private static final int MANY = 15;

  private final Logger stage = (Logger) LoggerFactory.getLogger(PullStage.class);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  RemadeLeadsTest() {
    super(WORLD);
  }

  @BeforeEach
  void listen() {
    log.start();
    stage.addAppender(log);
  }

  @AfterEach
  void stopListening() {
    stage.detachAppender(log);
  }

  @AfterAll
  static void close() {
    WORLD.close();
  }

  static List<RunRequest> ofAnyKind() {
    return List.of(
        new RunRequest(Trigger.CLI, "test", 20, null, false, false, false),
        new RunRequest(Trigger.API, "test", 1, null, false, false, false),
        scheduled(),
        new RunRequest(Trigger.CLI, "test", 20, null, true, false, false));
  }

  @ParameterizedTest
  @MethodSource("ofAnyKind")
  void made_anew_and_empty_it_is_filled_by_the_next_run_of_any_kind(RunRequest request) {
    List<String> ids = settled();
    claim(ids.get(1), ALICE, GRACE_OVER);
    sync();
    // Pending, and lost with its row: no more than what Airtable holds can come back.
    claim(ids.get(2), BOB, Duration.ZERO);
    sync();
    Map<String, Map<String, JsonNode>> records = world.sides().airtable();
    world.sandbox().clearLogs();
    remakeEmpty();

    RunResult result = succeeded(world.run(request));

    assertThat(result.stage1().inserted()).isEqualTo(MANY);
    assertThat(result.stage1().deactivated()).isZero();
    assertThat(result.stage2().recordsProcessed()).isZero();
    assertThat(world.sides().airtable()).isEqualTo(records);
    assertThat(world.sides().differences()).isEmpty();
    assertThat(world.lead(ids.get(1))).containsEntry("claimed_by", ALICE);
    assertThat(world.count("select count(*) from leads where is_active")).isEqualTo(MANY);
    assertThat(nothingIsOpen()).isTrue();
    assertThat(warnings())
        .singleElement()
        .asString()
        .contains("the table leads is another one than before")
        .contains(MANY + " of " + MANY + " known leads are not in it");
    assertCheapAndQuiet(records);
  }

  @Test
  void rows_that_the_portal_has_put_in_are_left_and_the_others_come_back() {
    List<String> ids = settled();
    execute("alter table leads rename to old_leads");
    execute("create table leads (like old_leads including all)");
    execute(
        "insert into leads select * from old_leads where airtable_record_id in ('%s', '%s')"
            .formatted(ids.get(0), ids.get(1)));
    execute("drop table old_leads");
    world.portalEdit(ids.get(0), GRACE_OVER, Map.of("notes", "note 1\nmore"));

    RunResult result = sync();

    assertThat(result.stage1().inserted()).isEqualTo(MANY - 2);
    assertThat(result.stage2().updated()).isOne();
    assertThat(cell(ids.get(0), "Notes")).isEqualTo("note 1\nmore");
    assertThat(cell(ids.get(1), "Notes")).isEqualTo("note 2");
    assertThat(world.sides().differences()).isEmpty();
    assertThat(nothingIsOpen()).isTrue();
  }

  @Test
  void restored_whole_it_costs_one_look_and_its_pending_edits_go_on() {
    List<String> ids = settled();
    claim(ids.get(1), ALICE, LONG_AGO);
    fullSync();
    settle(ids);
    unclaim(ids.get(1), GRACE_OVER);
    world.sandbox().clearLogs();
    restore("");

    RunResult result = sync();

    assertThat(result.stage1().inserted()).isZero();
    assertThat(result.stage1().updated()).isZero();
    assertThat(result.stage2().updated()).isOne();
    assertThat(cell(ids.get(1), "Claimed By")).isEmpty();
    assertThat(warnings()).isEmpty();
    // The listing of the window, the read and the write of the one.
    assertThat(world.sandbox().requests()).hasSize(3);
    assertThat(world.sides().differences()).isEmpty();
    assertThat(nothingIsOpen()).isTrue();
    assertCheapAndQuiet(world.sides().airtable());
  }

  @Test
  void restored_from_an_older_dump_it_takes_nothing_back_in_airtable() {
    List<String> ids = settled();
    String claimed = ids.get(1);
    String noted = ids.get(2);
    String edited = ids.get(3);
    execute("create table dump as select * from leads");
    claim(claimed, ALICE, GRACE_OVER);
    world.portalEdit(noted, GRACE_OVER, Map.of("notes", "note 3\nportal's line"));
    leads.update(edited, Map.of("First Name", "Renamed", "Notes", "note 4\nAirtable's line"));
    sync();
    // Longer ago than any window reaches.
    ids.forEach(id -> leads.setModified(id, Instant.now().minus(Duration.ofDays(1))));
    execute(
        "update reconciler.agreed_value set airtable_modified_at = now() - interval '1 day'"
            + " where airtable_record_id in ('%s', '%s', '%s')".formatted(claimed, noted, edited));
    Map<String, Map<String, JsonNode>> records = world.sides().airtable();
    restore("dump");

    RunResult result = sync();

    assertThat(result.stage1().updated()).isEqualTo(3);
    assertThat(result.stage2().updated()).isZero();
    assertThat(world.sides().airtable()).isEqualTo(records);
    assertThat(world.lead(claimed)).containsEntry("claimed_by", ALICE);
    assertThat(world.lead(noted)).containsEntry("notes", "note 3\nportal's line");
    assertThat(world.lead(edited))
        .containsEntry("first_name", "Renamed")
        .containsEntry("notes", "note 4\nAirtable's line");
    assertThat(world.sides().differences()).isEmpty();
    assertThat(warnings()).singleElement().asString().contains("may be older than their records");
    assertCheapAndQuiet(records);
  }

  @Test
  void a_column_that_it_holds_nothing_of_any_more_is_no_clear() {
    List<String> ids = settled();
    execute("create table dump as select * from leads");
    execute("update dump set notes = null, updated_at = now() - interval '2 minutes'");
    Map<String, Map<String, JsonNode>> records = world.sides().airtable();
    restore("dump");

    RunResult result = sync();

    assertThat(result.stage2().updated()).isZero();
    assertThat(world.sides().airtable()).isEqualTo(records);
    ids.forEach(id -> assertThat(world.lead(id)).containsEntry("notes", cell(id, "Notes")));
    assertThat(warnings()).singleElement().asString().contains("it holds nothing of notes");
    assertCheapAndQuiet(records);
  }

  @Test
  void a_dry_run_says_the_same_and_leaves_it_to_the_run() {
    settled();
    remakeEmpty();

    RunResult dry = succeeded(world.run(dryRun(false)));

    assertThat(world.count("select count(*) from leads")).isZero();
    assertThat(dry.stage1().inserted()).isEqualTo(MANY);
    assertThat(sync().stage1().inserted()).isEqualTo(MANY);
    assertThat(world.sides().differences()).isEmpty();
  }

  @Test
  void a_run_that_breaks_off_leaves_the_rest_to_the_next() {
    settled();
    remakeEmpty();
    world.sandbox().onRequest(r -> true, Fault.answer(401, "{}"));
    assertThat(world.sync().success()).isFalse();
    assertThat(world.count("select count(*) from leads")).isZero();

    RunResult result = sync();

    assertThat(result.stage1().inserted()).isEqualTo(MANY);
    assertThat(world.sides().differences()).isEmpty();
  }

  @Test
  void a_table_that_is_away_for_a_while_is_known_to_be_another_one_when_it_is_back() {
    settled();
    execute("alter table leads rename to old_leads");
    assertThat(world.sync().failure()).contains("relation \"leads\" does not exist");
    execute("create table leads (like old_leads including all)");
    execute("drop table old_leads");

    assertThat(sync().stage1().inserted()).isEqualTo(MANY);
    assertThat(world.sides().differences()).isEmpty();
  }

  @Test
  void rows_that_the_portal_deletes_come_back_in_the_next_full_sweep_as_ever() {
    settled();
    execute("truncate leads");

    assertThat(sync().stage1().inserted()).isZero();
    assertThat(warnings()).isEmpty();
    assertThat(fullSync().stage1().inserted()).isEqualTo(MANY);
    assertThat(world.sides().differences()).isEmpty();
  }

  private void remakeEmpty() {
    execute("create table made_anew (like leads including all)");
    execute("drop table leads");
    execute("alter table made_anew rename to leads");
  }

  private void restore(String dump) {
    execute("alter table leads rename to old_leads");
    execute("create table leads (like old_leads including all)");
    execute("insert into leads select * from " + (dump.isEmpty() ? "old_leads" : dump));
    execute("drop table old_leads");
    execute("drop table if exists dump");
  }

  private void assertCheapAndQuiet(Map<String, Map<String, JsonNode>> records) {
    world.sandbox().clearLogs();
    log.list.clear();
    List<String> rows = world.sides().rows("leads");
    sync();
    assertThat(world.sandbox().requests()).hasSizeLessThan(3);
    fullSync();
    assertThat(writes()).isZero();
    assertThat(world.sides().rows("leads")).isEqualTo(rows);
    assertThat(world.sides().airtable()).isEqualTo(records);
    assertThat(warnings()).isEmpty();
  }

  private boolean nothingIsOpen() {
    return world.count("select count(*) from reconciler.conflict") == 0
        && world.count("select count(*) from reconciler.dead_letter where status <> 'closed'") == 0;
  }

  private List<String> warnings() {
    return log.list.stream()
        .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  // So long in agreement that no window reaches back to it.
  private List<String> settled() {
    List<String> ids = reconciled(MANY);
    fullSync();
    settle(ids);
    sync();
    log.list.clear();
    return ids;
  }

  private void settle(List<String> ids) {
    ids.forEach(id -> leads.setModified(id, Instant.now().minus(LONG_AGO)));
    execute("update leads set updated_at = now() - interval '2 days'");
    execute(
        "update reconciler.agreed_value set airtable_modified_at = now() - interval '2 days 1 s'");
  }

  private void execute(String sql) {
    world.jdbc().sql(sql).update();
  }
}
