package io.reconciler.engine.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.engine.run.RunResult;
import io.reconciler.sandbox.Fault;
import io.reconciler.sandbox.table.SandboxField;
import io.reconciler.world.WorldTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A field whose type changes in Airtable, and what had been refused for it. */
class ChangedFieldTest extends WorldTest {

  private static final String REFUSAL =
      "{\"error\":{\"type\":\"INVALID_VALUE_FOR_COLUMN\",\"message\":\"no\"}}";
  private static final Duration LONG_AGO = Duration.ofHours(5);
  private static final String LETTERS =
      "select coalesce(string_agg(stage || ' ' || field || ' ' || status, ', ' order by stage), '')"
          + " from reconciler.dead_letter";

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_readable_cell_after_an_unreadable_one_wakes_what_was_refused(boolean full) {
    String id = refusedBesideUnreadable();
    assertThat(text(LETTERS)).isEqualTo("pull claimed_at open, push claim open");
    assertThat(sync().stage2().recordsProcessed()).isZero();
    type("dateTime");
    leads.update(id, Map.of("Claimed At", agreedTime));
    leads.setModified(id, Instant.now().minus(Duration.ofMinutes(9)));
    world.sandbox().clearFaults();

    RunResult result = full ? fullSync() : sync();

    arrived(id, result);
  }

  @Test
  void a_changed_type_wakes_what_was_refused_and_reads_what_could_not_be_read() {
    String id = refusedBesideUnreadable();
    type("dateTime");
    leads.update(id, Map.of("Claimed At", agreedTime));
    // Airtable need not count a change of the type as a modification of the record.
    leads.setModified(id, Instant.now().minus(LONG_AGO));
    world.sandbox().clearFaults();
    forgetMetadata();

    RunResult result = sync();

    arrived(id, result);
  }

  private void arrived(String id, RunResult result) {
    assertThat(result.stage2().updated()).isEqualTo(1);
    assertThat(cell(id, "Claimed By")).isEqualTo(BOB.toString());
    assertThat(world.lead(id)).containsEntry("claimed_by", BOB);
    assertThat(world.sides().differences()).isEmpty();
    assertThat(text(LETTERS)).isEqualTo("pull claimed_at closed, push claim closed");
  }

  @Test
  void a_changed_type_wakes_what_was_refused_for_it_and_nothing_else() {
    List<String> ids = reconciled(2);
    ids.forEach(id -> leads.setModified(id, Instant.now().minus(LONG_AGO)));
    claim(ids.get(0), BOB, GRACE_OVER);
    world.portalEdit(ids.get(1), GRACE_OVER, Map.of("notes", "note 2\nmore"));
    refusePatches();
    assertThat(sync().stage2().errorCount()).isEqualTo(2);
    world.sandbox().clearFaults();
    type("singleLineText");
    forgetMetadata();

    RunResult result = sync();

    assertThat(result.stage2().updated()).isEqualTo(1);
    assertThat(cell(ids.get(0), "Claimed By")).isEqualTo(BOB.toString());
    assertThat(cell(ids.get(1), "Notes")).isEqualTo("note 2");
    assertThat(text(LETTERS + " where status = 'open'")).isEqualTo("push notes open");
    assertThat(sync().stage2().recordsProcessed()).isZero();
  }

  @Test
  void an_option_that_has_come_wakes_the_value_that_wanted_it_and_no_other() {
    options("open", "closed");
    List<String> ids =
        Stream.of("A", "B")
            .map(name -> leads.create(Map.of("First Name", name, "Notes", "open")))
            .toList();
    fullSync();
    ids.forEach(id -> leads.setModified(id, Instant.now().minus(LONG_AGO)));
    world.portalEdit(ids.get(0), GRACE_OVER, Map.of("notes", "sold"));
    world.portalEdit(ids.get(1), GRACE_OVER, Map.of("notes", "sharp"));
    assertThat(sync().stage2().errorCount()).isEqualTo(2);
    assertThat(sync().stage2().recordsProcessed()).isZero();
    options("open", "closed", "sold");
    forgetMetadata();

    RunResult result = sync();

    assertThat(result.stage2().updated()).isEqualTo(1);
    assertThat(result.stage2().errorCount()).isZero();
    assertThat(cell(ids.get(0), "Notes")).isEqualTo("sold");
    assertThat(cell(ids.get(1), "Notes")).isEqualTo("open");
    assertThat(world.lead(ids.get(0))).containsEntry("notes", "sold");
    assertThat(world.lead(ids.get(1))).containsEntry("notes", "sharp");
    assertThat(
            text(LETTERS + " where status = 'open' and airtable_record_id = '" + ids.get(1) + "'"))
        .isEqualTo("push notes open");
    assertThat(text(LETTERS + " where status = 'closed'")).isEqualTo("push notes closed");
  }

  private void options(String... options) {
    leads.changeField(SandboxField.select("Notes", options));
  }

  private String agreedTime = "";

  /** A record whose claim Airtable refuses while its time can't be read: two open dead letters. */
  private String refusedBesideUnreadable() {
    String id = reconciled(1).get(0);
    claim(id, ALICE, LONG_AGO);
    fullSync();
    agreedTime = cell(id, "Claimed At");
    assertThat(cell(id, "Claimed By")).isEqualTo(ALICE.toString());
    type("singleLineText");
    leads.update(id, Map.of("Claimed At", "70 pcs"));
    leads.setModified(id, Instant.now().minus(Duration.ofMinutes(10)));
    claim(id, BOB, GRACE_OVER);
    refusePatches();
    forgetMetadata();
    sync();
    return id;
  }

  private void refusePatches() {
    world
        .sandbox()
        .onRequest(
            request -> request.method().equals("PATCH"), Fault.answer(422, REFUSAL).always());
  }

  private void type(String type) {
    leads.changeField(SandboxField.of("Claimed At", type));
  }

  private void forgetMetadata() {
    world.jdbc().sql("update reconciler.airtable_table set asked_at = 'epoch'").update();
  }
}
