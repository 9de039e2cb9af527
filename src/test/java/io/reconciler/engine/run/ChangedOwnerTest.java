package io.reconciler.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.engine.dryrun.PlannedConflict;
import io.reconciler.engine.repair.RetryAll;
import io.reconciler.engine.repair.SettleRequest;
import io.reconciler.engine.repair.SettleResult;
import io.reconciler.program.boot.Engine;
import io.reconciler.program.boot.TestEngine;
import io.reconciler.sandbox.Fault;
import io.reconciler.sandbox.table.SandboxField;
import io.reconciler.side.mapping.FieldGroup;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.Owner;
import io.reconciler.world.SideBySide;
import io.reconciler.world.World;
import io.reconciler.world.WorldTest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A mapping that gives the portal's fields to Airtable, or has them no more, and takes it back. */
@SideBySide
class ChangedOwnerTest extends WorldTest {

  private static final Duration LONG_AGO = Duration.ofDays(2);
  private static final Duration AWHILE = Duration.ofMinutes(5);
  private static final Fault REFUSAL =
      Fault.answer(
          422,
          "{\"error\":{\"type\":\"INVALID_VALUE_FOR_COLUMN\",\"message\":\"Field \\\"Notes\\\" cannot"
              + " accept the provided value\"}}");
  private static final World OWN = World.open(Map.of());
  private static final Engine AIRTABLES = engine(Set.of("claimed_by", "claimed_at", "notes"), "");
  private static final Engine HALF = engine(Set.of("claimed_at"), "");
  private static final Engine WITHOUT = engine(Set.of(), "notes");

  private World.Plan plan = new World.Plan();

  ChangedOwnerTest() {
    super(OWN);
  }

  @AfterAll
  static void close() {
    List.of(AIRTABLES, HALF, WITHOUT).forEach(Engine::close);
    OWN.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void an_edit_that_never_got_to_airtable_stands_in_the_ledger(boolean full) {
    List<String> ids = reconciled(3);
    edit(ids.get(0), "pending");

    RunResult result = run(AIRTABLES, full);

    assertThat(result.stage2().conflicts()).isEqualTo(1);
    assertThat(result.stage1().updated()).isEqualTo(1);
    holds(ids.get(0), "note 1", "note 1");
    holds(ids.get(1), "note 2", "note 2");
    assertThat(ledger())
        .containsExactly(
            "notes airtable airtable pull open"
                + " {\"notes\": \"note 1\"} {\"notes\": \"note 1\"} {\"notes\": \"pending\"}");
    assertThat(writes()).isZero();
    quiet(AIRTABLES);
    assertThat(ledger()).hasSize(1);
  }

  @Test
  void so_does_one_that_a_later_edit_in_airtable_replaces() {
    String id = reconciled(1).get(0);
    edit(id, "pending");
    leads.update(id, Map.of("Notes", "from Airtable"));

    run(AIRTABLES, false);

    holds(id, "from Airtable", "from Airtable");
    assertThat(ledger())
        .containsExactly(
            "notes airtable airtable pull open {\"notes\": \"note 1\"}"
                + " {\"notes\": \"from Airtable\"} {\"notes\": \"pending\"}");
    quiet(AIRTABLES);
  }

  @Test
  void what_the_portal_did_not_edit_follows_airtable_and_is_no_conflict() {
    List<String> ids = reconciled(2);
    leads.update(ids.get(0), Map.of("Notes", "from Airtable"));
    edit(ids.get(1), "the same");
    leads.update(ids.get(1), Map.of("Notes", "the same"));

    run(AIRTABLES, true);

    holds(ids.get(0), "from Airtable", "from Airtable");
    holds(ids.get(1), "the same", "the same");
    assertThat(ledger()).isEmpty();
    leads.update(ids.get(1), Map.of("Notes", "again"));
    quiet(AIRTABLES, 1);
    holds(ids.get(1), "again", "again");
    assertThat(ledger()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_dry_run_tells_it_and_writes_nothing(boolean full) {
    String id = reconciled(1).get(0);
    edit(id, "pending");
    Map<String, List<String>> before = world.sides().database();

    RunResult dry = run(AIRTABLES, dryRun(full));

    assertThat(dry.stage2().conflicts()).isEqualTo(1);
    assertThat(plan.conflicts()).extracting(PlannedConflict::winner).containsExactly("airtable");
    assertThat(plan.conflicts().get(0).portal()).hasToString("{\"notes\":\"pending\"}");
    assertThat(plan.writes())
        .extracting(write -> write.field() + " " + write.decision())
        .containsExactly("notes conflict-airtable");
    assertThat(world.sides().database()).isEqualTo(before);
    holds(id, "pending", "note 1");
    assertThat(run(AIRTABLES, full).stage2().conflicts()).isEqualTo(1);
  }

  @Test
  void a_group_of_two_columns_is_one_entry() {
    List<String> ids = reconciled(2);
    claim(ids.get(0), ALICE, GRACE_OVER);
    sync();
    claim(ids.get(0), BOB, GRACE_OVER);
    claim(ids.get(1), BOB, GRACE_OVER);

    run(AIRTABLES, true);

    assertThat(world.lead(ids.get(0))).containsEntry("claimed_by", ALICE);
    assertThat(cell(ids.get(0), "Claimed By")).isEqualTo(ALICE.toString());
    assertThat(world.lead(ids.get(1))).containsEntry("claimed_by", null);
    assertThat(cell(ids.get(1), "Claimed By")).isEmpty();
    assertThat(
            world
                .jdbc()
                .sql(
                    "select airtable_record_id || ' ' || field_group || ' ' || (portal ->>"
                        + " 'claimed_by') || ' ' || (portal ->> 'claimed_at' is not null) from"
                        + " reconciler.conflict where status = 'open'")
                .query(String.class)
                .list())
        .containsExactlyInAnyOrder(
            ids.get(0) + " claim " + BOB + " true", ids.get(1) + " claim " + BOB + " true");
    quiet(AIRTABLES);
  }

  @Test
  void of_a_group_that_keeps_a_column_the_other_one_is_an_entry_of_its_own() {
    String id = reconciled(1).get(0);
    claim(id, ALICE, GRACE_OVER);

    run(HALF, true);
    run(HALF, true);

    assertThat(world.lead(id)).containsEntry("claimed_by", ALICE).containsEntry("claimed_at", null);
    assertThat(cell(id, "Claimed By")).isEqualTo(ALICE.toString());
    assertThat(cell(id, "Claimed At")).isEmpty();
    assertThat(
            text("select string_agg(k, ',') from reconciler.conflict, jsonb_object_keys(portal) k"))
        .isEqualTo("claimed_at");
    quiet(HALF);
  }

  @Test
  void a_clear_that_is_undone_is_told_though_nothing_is_lost() {
    String id = reconciled(1).get(0);
    edit(id, null);

    run(AIRTABLES, true);

    holds(id, "note 1", "note 1");
    assertThat(text("select status || ' ' || settled_by from reconciler.conflict"))
        .isEqualTo("settled nothing lost");
  }

  @Test
  void what_a_run_does_not_look_at_waits_for_one_that_does() {
    String id = reconciled(1).get(0);
    aged();
    world.portalEdit(id, AWHILE, Map.of("notes", "pending"));

    run(AIRTABLES, false);
    holds(id, "pending", "note 1");
    assertThat(ledger()).isEmpty();
    run(AIRTABLES, true);

    holds(id, "note 1", "note 1");
    assertThat(ledger()).singleElement().asString().endsWith("{\"notes\": \"pending\"}");
  }

  @Test
  void what_a_bad_cell_leaves_alone_waits_for_a_good_one() {
    String id = reconciled(1).get(0);
    claim(id, ALICE, GRACE_OVER);
    leads.update(id, Map.of("Claimed By", "nobody"));
    run(AIRTABLES, true);
    assertThat(world.lead(id)).containsEntry("claimed_by", ALICE);

    leads.update(id, Map.of("Claimed By", BOB.toString()));
    run(AIRTABLES, true);

    assertThat(world.lead(id)).containsEntry("claimed_by", BOB);
    assertThat(cell(id, "Claimed By")).isEqualTo(BOB.toString());
    assertThat(
            world.count(
                "select count(*) from reconciler.conflict where portal ->> 'claimed_by' = '"
                    + ALICE
                    + "'"))
        .isEqualTo(1);
  }

  @Test
  void going_back_after_a_push_without_an_answer_is_an_edit() {
    String id = reconciled(1).get(0);
    leads.update(id, Map.of("Notes", "sent"));
    execute("update reconciler.agreed_value set intent = '{\"notes\": {\"notes\": \"sent\"}}'");

    run(AIRTABLES, false);

    holds(id, "sent", "sent");
    assertThat(ledger()).singleElement().asString().endsWith("{\"notes\": \"note 1\"}");
  }

  @Test
  void the_lost_value_can_be_applied_only_while_the_portal_owns_the_field() {
    String id = reconciled(1).get(0);
    edit(id, "pending");
    run(AIRTABLES, true);

    SettleResult refused = apply(AIRTABLES);

    assertThat(refused.status()).isEqualTo(SettleResult.Status.IMPOSSIBLE);
    assertThat(refused.message()).contains("the portal does not own notes any more");
    holds(id, "note 1", "note 1");
    assertThat(text("select status from reconciler.conflict")).isEqualTo("open");

    SettleResult applied = apply(world.engine());

    assertThat(applied.message()).startsWith("applied");
    holds(id, "pending", "pending");
    assertThat(text("select status from reconciler.conflict")).isEqualTo("applied");
    quiet(world.engine());
  }

  @Test
  void a_dead_letter_can_not_be_tried_again_and_closes_with_the_entry_in_the_ledger() {
    String id = reconciled(1).get(0);
    edit(id, "refused");
    world.sandbox().onRequest(r -> r.method().equals("PATCH"), REFUSAL.always());
    sync();
    world.sandbox().clearFaults();
    UUID letter = UUID.fromString(text("select id from reconciler.dead_letter"));

    SettleResult retried = AIRTABLES.retry(SettleRequest.of(letter, "ann", Trigger.CLI));

    assertThat(retried.status()).isEqualTo(SettleResult.Status.IMPOSSIBLE);
    assertThat(retried.message()).contains("the portal does not own notes any more");
    assertThat(AIRTABLES.retryAll(new RetryAll("ann", Trigger.CLI))).containsExactly(retried);
    assertThat(text("select status from reconciler.dead_letter")).isEqualTo("open");
    holds(id, "refused", "note 1");

    run(AIRTABLES, true);

    holds(id, "note 1", "note 1");
    // Its first entry is of the push: the text took a line away.
    assertThat(ledger())
        .last()
        .asString()
        .startsWith("notes airtable airtable pull open")
        .endsWith("{\"notes\": \"refused\"}");
    assertThat(text("select status from reconciler.dead_letter")).isEqualTo("closed");
  }

  @Test
  void back_with_the_portal_it_is_as_at_a_first_agreement() {
    List<String> ids = reconciled(3);
    run(AIRTABLES, true);
    assertThat(world.count("select count(*) from reconciler.agreed_value where agreed <> '{}'"))
        .isZero();
    edit(ids.get(0), "of the portal");
    leads.update(ids.get(1), Map.of("Notes", "of Airtable"));
    edit(ids.get(1), null);

    sync();
    past();
    sync();

    holds(ids.get(0), "note 1\nof the portal", "note 1\nof the portal");
    holds(ids.get(1), "of Airtable", "of Airtable");
    holds(ids.get(2), "note 3", "note 3");
    assertThat(ledger()).hasSize(1);
    fullSync();
    assertThat(world.sides().differences()).isEmpty();
  }

  @Test
  void an_edit_outlives_the_time_in_which_its_field_is_in_no_mapping() {
    List<String> ids = reconciled(4);
    edit(ids.get(0), "note 1\npending");
    edit(ids.get(1), null);
    leads.update(ids.get(2), Map.of("Notes", "from Airtable"));
    edit(ids.get(3), "of the portal");
    leads.update(ids.get(3), Map.of("Notes", "of Airtable"));
    ids.forEach(id -> leads.update(id, Map.of("First Name", "Ada")));

    run(WITHOUT, true);
    holds(ids.get(0), "note 1\npending", "note 1");
    holds(ids.get(2), "note 3", "from Airtable");
    quiet(WITHOUT);
    past();
    fullSync();
    past();
    fullSync();

    holds(ids.get(0), "note 1\npending", "note 1\npending");
    assertThat(world.lead(ids.get(1))).containsEntry("notes", null);
    assertThat(cell(ids.get(1), "Notes")).isEmpty();
    holds(ids.get(2), "from Airtable", "from Airtable");
    assertThat(world.sides().differences()).isEmpty();
    assertThat(
            world
                .jdbc()
                .sql("select airtable_record_id || ' ' || winner from reconciler.conflict")
                .query(String.class)
                .list())
        .contains(ids.get(1) + " portal")
        .filteredOn(entry -> !entry.startsWith(ids.get(1)))
        .hasSize(1)
        .allMatch(entry -> entry.startsWith(ids.get(3)));
    quiet(world.engine());
  }

  @Test
  void a_field_made_anew_meanwhile_empties_nothing() {
    List<String> ids = reconciled(3);
    run(WITHOUT, true);
    leads.removeField("Notes");
    leads.addField(SandboxField.of("Notes", "multilineText"));
    run(WITHOUT, true);
    past();

    fullSync();

    holds(ids.get(0), "note 1", "note 1");
    assertThat(world.sides().differences()).isEmpty();
    assertThat(ledger()).isEmpty();
  }

  @Test
  void what_was_edited_meanwhile_is_lost_to_airtable_in_the_ledger_alone() {
    String id = reconciled(1).get(0);
    run(WITHOUT, true);
    edit(id, "meanwhile");

    run(AIRTABLES, true);

    holds(id, "note 1", "note 1");
    assertThat(ledger()).singleElement().asString().endsWith("{\"notes\": \"meanwhile\"}");
  }

  private static Engine engine(Set<String> ofAirtable, String without) {
    Mapping all = World.defaultMapping();
    List<FieldMapping> fields =
        all.fields().stream()
            .filter(field -> !field.column().equals(without))
            .map(field -> ofAirtable.contains(field.column()) ? ofAirtable(field) : field)
            .toList();
    List<FieldGroup> groups =
        all.groups().stream()
            .map(
                group ->
                    new FieldGroup(
                        group.name(),
                        group.policy(),
                        fields.stream().filter(f -> group.name().equals(f.group())).toList()))
            .filter(group -> !group.fields().isEmpty())
            .toList();
    Mapping mapping =
        new Mapping(
            all.name(),
            all.table(),
            all.lastModifiedField(),
            all.base(),
            all.filter(),
            all.postgres(),
            fields,
            groups);
    return TestEngine.start(OWN.settings(), mapping, OWN.database(), Map.of());
  }

  private static FieldMapping ofAirtable(FieldMapping field) {
    return new FieldMapping(
        field.column(),
        field.type(),
        field.notNull(),
        field.defaultValue(),
        field.airtableField(),
        field.airtableType(),
        field.conversion(),
        Owner.AIRTABLE,
        null);
  }

  private void edit(String id, String notes) {
    Map<String, Object> columns = new HashMap<>();
    columns.put("notes", notes);
    world.portalEdit(id, GRACE_OVER, columns);
  }

  private RunResult run(Engine engine, boolean full) {
    return run(engine, world.request(20, full));
  }

  private RunResult run(Engine engine, RunRequest request) {
    plan = new World.Plan();
    return succeeded(Objects.requireNonNull(engine.reconcile(request, plan).get(0).result()));
  }

  private SettleResult apply(Engine engine) {
    UUID conflict = UUID.fromString(text("select id from reconciler.conflict"));
    return engine.applyConflict(new SettleRequest(conflict, "ann", Trigger.CLI, null));
  }

  private void holds(String id, String column, String cell) {
    assertThat(world.lead(id)).containsEntry("notes", column);
    assertThat(cell(id, "Notes")).isEqualTo(cell);
  }

  private List<String> ledger() {
    return world
        .jdbc()
        .sql(
            "select concat_ws(' ', field_group, policy, winner, stage, status, agreed, airtable,"
                + " portal) from reconciler.conflict order by detected_at")
        .query(String.class)
        .list();
  }

  /** Neither kind of run writes anything any more. */
  private void quiet(Engine engine) {
    quiet(engine, 0);
  }

  private void quiet(Engine engine, int updated) {
    assertThat(run(engine, true).stage1().updated()).isEqualTo(updated);
    world.sandbox().clearLogs();
    List<String> rows = rows();
    run(engine, false);
    run(engine, true);
    assertThat(writes()).isZero();
    assertThat(rows()).isEqualTo(rows);
  }

  private List<String> rows() {
    return List.of("leads", "reconciler.agreed_value", "reconciler.conflict").stream()
        .flatMap(table -> world.sides().rows(table).stream())
        .toList();
  }

  private void aged() {
    leads.ids().forEach(id -> leads.setModified(id, Instant.now().minus(LONG_AGO)));
    execute("update leads set updated_at = now() - interval '2 days'");
    execute("update reconciler.agreed_value set airtable_modified_at = now() - interval '2 days'");
    sync();
    world.sandbox().clearLogs();
  }

  // Out of the grace period, in which what was merged would wait.
  private void past() {
    world.age(AWHILE);
  }

  private void execute(String sql) {
    world.jdbc().sql(sql).update();
  }
}
