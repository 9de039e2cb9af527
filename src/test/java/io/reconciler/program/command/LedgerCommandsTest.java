package io.reconciler.program.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.engine.run.RunResult;
import io.reconciler.world.LedgerEdits;
import io.reconciler.world.SideBySide;
import io.reconciler.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands on the ledgers, and verify, from their words to both sides. */
@SideBySide
class LedgerCommandsTest {

  private static final World world = World.open(Map.of());
  private LedgerEdits edits;

  @AfterAll
  static void close() {
    world.close();
  }

  @BeforeEach
  void fresh() {
    world.fresh();
    edits = new LedgerEdits(world);
  }

  private static CommandAnswer run(String line) {
    return CommandAnswer.to(world, line.split(" "));
  }

  private static List<String> keys(JsonNode object) {
    return object.properties().stream().map(Map.Entry::getKey).toList();
  }

  private String conflict() {
    String id = edits.agreed(Map.of("First Name", "Ada"));
    edits.claimConflict(id, false);
    world.sync();
    return id;
  }

  private void manyDeadLetters(int count) {
    world
        .jdbc()
        .sql(
            "insert into reconciler.dead_letter (id, client_id, run_id, stage, airtable_record_id,"
                + " field, reason, payload, attempts, first_at, last_at, next_attempt_at, status)"
                + " select gen_random_uuid(), ?, gen_random_uuid(), 'pull', 'rec' || n, 'booked_at',"
                + " 'is not a date and time, whatever somebody may have thought when it was typed', '{}',"
                + " 1, now(), now(), now(), 'open' from generate_series(1, ?) n")
        .params(world.clientId(), count)
        .update();
  }

  @ParameterizedTest
  @ValueSource(strings = {"runs", "conflicts", "dead-letters"})
  void an_empty_ledger_is_an_empty_list(String ledger) {
    CommandAnswer text = run(ledger);
    CommandAnswer json = run(ledger + " list --json");

    assertThat(text.code()).isZero();
    assertThat(text.out()).startsWith("no ");
    assertThat(json.code()).isZero();
    assertThat(json.json().isArray()).isTrue();
    assertThat(json.json()).isEmpty();
  }

  @Test
  void what_only_another_configuration_would_help_is_2_for_verify_too() {
    Map<String, String> environment = new java.util.HashMap<>(world.environment());
    environment.put("AIRTABLE_LAST_MODIFIED_FIELD", "fldModified000001");
    world.sandbox().revokeScope(io.reconciler.world.World.TOKEN, "schema.bases:read");
    try {
      CommandAnswer verify = CommandAnswer.to(environment, "", "verify");
      CommandAnswer sync = CommandAnswer.to(environment, "", "sync");

      assertThat(sync.code()).isEqualTo(2);
      assertThat(verify.code()).isEqualTo(2);
      assertThat(verify.out()).isEmpty();
      assertThat(verify.err()).contains("schema.bases:read").doesNotContain("Exception");
    } finally {
      world.sandbox().grantScope(io.reconciler.world.World.TOKEN, "schema.bases:read");
    }
  }

  @Test
  void conflicts_are_listed_with_every_field_and_full_values() {
    String id = conflict();

    JsonNode item = run("conflicts list --json").json().get(0);

    assertThat(keys(item))
        .containsExactly(
            "id",
            "clientId",
            "baseId",
            "runId",
            "stage",
            "recordId",
            "fieldGroup",
            "policy",
            "winner",
            "agreed",
            "airtable",
            "portal",
            "airtableModifiedAt",
            "portalModifiedAt",
            "detectedAt",
            "status",
            "settledAt",
            "settledBy");
    assertThat(item.path("recordId").asText()).isEqualTo(id);
    assertThat(item.path("baseId").asText()).isEqualTo(world.baseId());
    assertThat(item.at("/portal/claimed_by").asText()).isEqualTo(LedgerEdits.ALICE.toString());
    assertThat(item.at("/airtable/claimed_by").asText()).isEqualTo(LedgerEdits.BOB.toString());
    assertThat(item.at("/agreed/claimed_by").isNull()).isTrue();
    assertThat(item.path("status").asText()).isEqualTo("open");
    assertThat(Instant.parse(item.path("detectedAt").asText()))
        .isBetween(Instant.now().minusSeconds(300), Instant.now().plusSeconds(5));
  }

  @Test
  void dead_letters_are_listed_with_every_field_and_full_values() {
    edits.agreed(Map.of("First Name", "Ada", "Booked At", "soon"));

    JsonNode item = run("dead-letters list --json").json().get(0);

    assertThat(keys(item))
        .containsExactly(
            "id",
            "clientId",
            "baseId",
            "runId",
            "stage",
            "recordId",
            "field",
            "reason",
            "payload",
            "attempts",
            "firstAt",
            "lastAt",
            "nextAttemptAt",
            "status",
            "closedAt",
            "settledBy");
    assertThat(item.path("field").asText()).isEqualTo("booked_at");
    assertThat(item.at("/payload/value").asText()).isEqualTo("\"soon\"");
    assertThat(item.path("attempts").asInt()).isEqualTo(1);
  }

  @Test
  void runs_are_listed_with_their_results_and_shown_like_sync_does() {
    RunResult done = world.sync();

    JsonNode item = run("runs list --json").json().get(0);
    JsonNode shown = run("runs show " + done.runId() + " --json").json();
    CommandAnswer text = run("runs show " + done.runId());

    assertThat(item.path("outcome").asText()).isEqualTo("succeeded");
    assertThat(item.path("requester").asText()).isEqualTo("test");
    assertThat(item.path("windowMinutes").asInt()).isEqualTo(20);
    assertThat(item.path("fullSweep").asBoolean()).isFalse();
    assertThat(keys(shown))
        .containsExactly(
            "runId",
            "clientId",
            "baseId",
            "trigger",
            "success",
            "dryRun",
            "startTime",
            "endTime",
            "duration",
            "stage1",
            "stage2",
            "airtableRequests",
            "rateLimitWaits",
            "requester");
    assertThat(shown.path("requester").asText()).isEqualTo("test");
    assertThat(shown.path("runId").asText()).isEqualTo(done.runId().toString());
    assertThat(shown.path("airtableRequests").asLong()).isEqualTo(done.airtableRequests());
    assertThat(text.out()).contains("Stage 1").contains("by test (cli)");
  }

  @Test
  void a_run_whose_process_was_killed_is_shown_as_one() {
    UUID run = world.sync().runId();
    world
        .jdbc()
        .sql(
            "update reconciler.run set result = null, outcome = 'interrupted', ended_at = started_at,"
                + " failure = 'the process ended before the run did'")
        .update();

    JsonNode shown = run("runs show " + run + " --json").json();

    assertThat(shown.path("success").asBoolean()).isFalse();
    assertThat(shown.path("failure").asText()).contains("process ended");
    assertThat(shown.at("/stage1/errors").isArray()).isTrue();
    assertThat(run("runs").out()).contains("interrupted");
  }

  @Test
  void old_runs_are_listed_when_all_are_asked_for() {
    world.sync();
    world.jdbc().sql("update reconciler.run set started_at = now() - interval '8 days'").update();

    assertThat(run("runs list --json").json()).isEmpty();
    assertThat(run("runs list --all --json").json()).hasSize(1);
  }

  @Test
  void settled_entries_are_listed_when_all_are_asked_for() {
    conflict();
    CommandAnswer dismissed = run("conflicts dismiss " + edits.conflict());

    assertThat(dismissed.code()).isZero();
    assertThat(run("conflicts list --json").json()).isEmpty();
    assertThat(run("conflicts list --all --json").json().get(0).path("status").asText())
        .isEqualTo("dismissed");
    assertThat(run("conflicts list --all").out()).contains("dismissed");
  }

  @Test
  void a_table_for_a_person_fits_the_screen_and_says_how_many_more_there_are() {
    manyDeadLetters(61);
    conflict();

    CommandAnswer letters = run("dead-letters list");
    List<String> lines = letters.out().lines().toList();

    assertThat(lines).hasSize(55);
    assertThat(lines.get(0)).isEqualTo("61 open dead letters");
    assertThat(lines.get(1)).startsWith("  61 x Booked At: is not a date and time, whatever");
    assertThat(lines.get(3)).startsWith("ID ").contains("REASON");
    assertThat(lines.get(4)).contains("booked_at").endsWith("…");
    assertThat(lines.get(54)).isEqualTo("... and 11 more: --json lists them all");
    assertThat(lines).allMatch(line -> line.length() <= 100);
    assertThat(run("conflicts").out().lines()).allMatch(line -> line.length() <= 100);
    assertThat(run("runs").out().lines()).allMatch(line -> line.length() <= 100);
  }

  @Test
  void json_lists_them_all_over_any_number_of_pages() {
    manyDeadLetters(1203);

    JsonNode all = run("dead-letters list --json").json();

    assertThat(all).hasSize(1203);
    assertThat(all.findValuesAsText("id")).doesNotHaveDuplicates();
  }

  @Test
  void an_entry_is_shown_by_the_beginning_of_its_id_with_full_values() {
    String id = edits.agreed(Map.of("First Name", "Ada", "Notes", "one"));
    edits.portalNote(id, "one\ntwo\n" + "long ".repeat(50));
    world.leads().update(id, Map.of("Notes", "three"));
    world.sync();
    String full = edits.conflict().toString();

    CommandAnswer text = run("conflicts show " + full.substring(0, 8));
    CommandAnswer json =
        run("conflicts show " + full.toUpperCase(java.util.Locale.ROOT) + " --json");

    assertThat(text.code()).isZero();
    assertThat(text.out()).contains(full).contains("long ".repeat(50).strip()).contains("three");
    assertThat(json.json().path("id").asText()).isEqualTo(full);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "runs show 01234567-89ab-cdef-0123-456789abcdef",
        "conflicts show 01234567",
        "conflicts apply 01234567-89ab-cdef-0123-456789abcdef",
        "conflicts dismiss 01234567",
        "dead-letters show nonsense",
        "dead-letters retry 01234567-89ab-cdef-0123-456789abcdef",
        "dead-letters discard 12345"
      })
  void an_unknown_id_is_wrong_usage(String line) {
    CommandAnswer answer = run(line);

    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.out()).isEmpty();
    assertThat(answer.err()).startsWith("there is no ").contains("--all");
  }

  @Test
  void an_id_that_could_be_two_is_wrong_usage() {
    manyDeadLetters(2);
    world
        .jdbc()
        .sql("update reconciler.dead_letter set id = cast('abcd' || substr(id::text, 5) as uuid)")
        .update();

    CommandAnswer answer = run("dead-letters show abcd");
    CommandAnswer discard = run("dead-letters discard abcd");

    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.out()).isEmpty();
    assertThat(answer.err().lines()).hasSize(3);
    assertThat(answer.err())
        .startsWith("more than one dead letter")
        .contains("  abcd", "rec1 ", "rec2 ");
    assertThat(discard).isEqualTo(answer);
    assertThat(run("dead-letters show abc").err()).startsWith("there is no");
  }

  /** Two bad claims, one bad date, and a conflict over a claim. */
  private void aMixedLedger() {
    conflict();
    for (String bad : List.of("ann@x.example", "bob@x.example")) {
      world.leads().create(Map.of("First Name", "Eve", "Last Name", "Moss", "Claimed By", bad));
    }
    world.leads().create(Map.of("First Name", "Eve", "Booked At", "soon"));
    world.sync();
  }

  private static int hits(String line) {
    CommandAnswer answer = CommandAnswer.to(world, (line + " --json").split(" "));
    assertThat(answer.code()).as(answer.err()).isZero();
    return answer.json().size();
  }

  @Test
  void a_list_begins_with_its_totals_by_kind_and_names_the_leads() {
    aMixedLedger();

    List<String> letters = run("dead-letters").out().lines().toList();
    List<String> conflicts = run("conflicts").out().lines().toList();

    assertThat(letters.subList(0, 4))
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("3 open dead letters"),
            line ->
                assertThat(line)
                    .matches("  2 x Claimed By: is not a UUID, e.g. \"(ann|bob)@x.example\""),
            line ->
                assertThat(line)
                    .isEqualTo("  1 x Booked At: is not a date and time, e.g. \"soon\""),
            line -> assertThat(line).isEmpty());
    assertThat(letters).filteredOn(line -> line.contains("  Eve Moss  ")).hasSize(2);
    assertThat(conflicts.get(0)).isEqualTo("1 open conflict");
  }

  @Test
  void lists_take_filters_which_all_have_to_be_true() {
    aMixedLedger();
    String run = run("runs list --json").json().get(0).path("runId").asText();
    String client = " --client " + world.baseId();

    assertThat(hits("dead-letters list --group claim" + client)).isEqualTo(2);
    assertThat(hits("dead-letters list --field claimed_by --since 1h")).isEqualTo(2);
    assertThat(hits("dead-letters list --reason UUID --run " + run.substring(0, 8))).isEqualTo(2);
    assertThat(hits("dead-letters list --field booked_at --reason uuid")).isZero();
    assertThat(hits("dead-letters list --group notes")).isZero();
    assertThat(hits("dead-letters list --winner airtable")).isZero();
    assertThat(hits("conflicts list --group claim --winner airtable" + client)).isEqualTo(1);
    assertThat(hits("conflicts list --field claimed_at --reason newest")).isEqualTo(1);
    assertThat(hits("conflicts list --winner portal --all")).isZero();
    assertThat(hits("conflicts list --client appNobody00000001")).isZero();
    assertThat(hits("conflicts list --since 2999-01-01")).isZero();
    assertThat(hits("conflicts list --run 01234567-89ab-cdef-0123-456789abcdef")).isZero();
    assertThat(run("conflicts list --group notes").out())
        .startsWith("no open conflict passes these filters");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "conflicts list --winner both",
        "dead-letters list --since yesterday",
        "conflicts dismiss --all --run xyz",
        "dead-letters discard --all --client acme",
        "dead-letters discard --all --reason  --group x"
      })
  void a_filter_that_makes_no_sense_is_wrong_usage(String line) {
    CommandAnswer answer = run(line);

    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.out()).isEmpty();
    assertThat(answer.err()).startsWith("--" + line.replaceAll("^.*?--(all --)?([a-z]+).*", "$2"));
  }

  @Test
  void what_passes_the_filters_is_settled_and_nothing_else() {
    aMixedLedger();

    CommandAnswer discarded = run("dead-letters discard --all --group claim");
    CommandAnswer retried = run("dead-letters retry --all --field booked_at");
    CommandAnswer none = run("conflicts dismiss --all --winner portal");
    CommandAnswer applied = run("conflicts apply --all --group claim");

    assertThat(discarded.code()).as(discarded.err()).isZero();
    assertThat(discarded.out()).endsWith("2 dead letters: 2 done" + System.lineSeparator());
    assertThat(retried.code()).isEqualTo(3);
    assertThat(retried.out()).contains("failed again");
    assertThat(hits("dead-letters list")).isEqualTo(1);
    assertThat(none.code()).isZero();
    assertThat(none.out()).startsWith("no open conflict passes these filters");
    assertThat(applied.code()).as(applied.err()).isZero();
    assertThat(applied.out()).contains("applied: both sides");
    assertThat(hits("conflicts list")).isZero();
  }

  @Test
  void a_large_ledger_is_settled_at_once_and_told_in_short() {
    manyDeadLetters(5000);

    CommandAnswer discarded = run("dead-letters discard --all --reason whatever");

    List<String> lines = discarded.out().lines().toList();
    assertThat(discarded.code()).as(discarded.err()).isZero();
    assertThat(lines).hasSize(22);
    assertThat(lines.get(20)).isEqualTo("... and 4,980 more");
    assertThat(lines.get(21)).isEqualTo("5,000 dead letters: 5,000 done");
  }

  @Test
  void a_losing_value_is_applied_once() {
    String id = conflict();
    String entry = edits.conflict().toString();

    CommandAnswer applied = run("conflicts apply " + entry.substring(0, 8));
    CommandAnswer again = run("conflicts apply " + entry);

    assertThat(applied.code()).as(applied.err()).isZero();
    assertThat(applied.out()).startsWith(entry + "  applied");
    assertThat(edits.cell(id, "Claimed By")).isEqualTo(LedgerEdits.ALICE.toString());
    assertThat(again.code()).isZero();
    assertThat(again.out()).contains("before").contains("nothing was changed");
  }

  @Test
  void sides_that_moved_on_are_shown_with_their_present_values() {
    String id = conflict();
    edits.portalClaim(id, UUID.fromString("99999999-0000-0000-0000-000000000000"), Duration.ZERO);

    CommandAnswer answer = run("conflicts apply " + edits.conflict());

    assertThat(answer.code()).isEqualTo(3);
    assertThat(answer.out())
        .containsSubsequence(
            "moved on", "airtable", LedgerEdits.BOB.toString(), "portal", "99999999-");
  }

  @Test
  void dead_letters_are_retried_and_discarded() {
    String id = edits.agreed(Map.of("First Name", "Ada", "Booked At", "soon"));
    String letter = edits.deadLetter().toString();

    CommandAnswer failed = run("dead-letters retry " + letter);
    CommandAnswer discarded = run("dead-letters discard " + letter);
    CommandAnswer none = run("dead-letters retry --all");
    world.leads().update(id, Map.of("Booked At", "2026-05-06T07:08:09.000Z"));
    CommandAnswer through = run("dead-letters retry " + letter);

    assertThat(failed.code()).as(failed.err()).isEqualTo(3);
    assertThat(failed.out()).contains("failed again");
    assertThat(discarded.code()).isZero();
    assertThat(none.code()).isZero();
    assertThat(none.out()).startsWith("nothing is open");
    assertThat(through.code()).isZero();
    assertThat(through.out()).contains("went through");
  }

  @Test
  void verify_exits_with_3_while_the_sides_differ() {
    String id = edits.agreed(Map.of("First Name", "Ada"));
    world.leads().update(id, Map.of("First Name", "Grace"));

    CommandAnswer differs = run("verify");
    world.sync();
    CommandAnswer equal = run("verify --json");

    assertThat(differs.code()).as(differs.err()).isEqualTo(3);
    assertThat(differs.out().lines())
        .containsExactly(
            world.baseId() + "  0 matched, 1 different, 0 missing, 0 extra",
            "  0 pending, 0 in grace, 0 dead letter, 1 unexplained",
            "  " + id + "  first_name: \"Grace\" in Airtable, \"Ada\" in PostgreSQL (unexplained)");
    assertThat(equal.code()).as(equal.err()).isZero();
    assertThat(equal.json().path("matched").asInt()).isEqualTo(1);
    assertThat(equal.json().path("differences")).isEmpty();
  }

  @Test
  void without_an_active_client_there_is_nothing_to_verify() {
    world.jdbc().sql("update clients set is_active = false").update();

    CommandAnswer answer = run("verify --json");

    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.out()).isEmpty();
  }
}
