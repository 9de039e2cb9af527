package io.reconciler.program.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.reconciler.cli.Console;
import io.reconciler.engine.run.ProgressListener;
import io.reconciler.engine.run.RunResult;
import io.reconciler.engine.run.RunResult.PlannedWrite;
import io.reconciler.sandbox.Fault;
import io.reconciler.side.mapping.MappingSet;
import io.reconciler.world.World;
import io.reconciler.world.WorldTest;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a dry run prints: all of it at once is kept nowhere. */
class DryRunOutputTest extends WorldTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final MappingSet MAPPINGS = MappingSet.of(World.defaultMapping());

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void the_json_of_a_dry_run_fits_the_schema_with_its_plan_and_without_one() throws Exception {
    json();
    assertThat(printed().path("plan")).isEmpty();
    assertThat(printed().path("success").asBoolean()).isTrue();
    fits(printed());

    bytes.reset();
    somethingOfEverything();
    json();

    assertThat(printed().path("plan")).isNotEmpty();
    assertThat(printed().path("plan").findValuesAsText("decision"))
        .contains("insert", "update", "conflict-portal", "conflict-airtable", "deactivate");
    fits(printed());
  }

  @Test
  void several_clients_are_an_array_and_a_failed_one_says_so_in_its_object() throws Exception {
    world.addClient("appNoTable000001x");
    leads.create(Map.of("First Name", "Ada"));

    json();

    assertThat(printed()).hasSize(2);
    for (JsonNode result : printed()) {
      boolean failed = result.path("baseId").asText().equals("appNoTable000001x");
      assertThat(result.has("failure")).isEqualTo(failed);
      assertThat(result.path("plan").isEmpty()).isEqualTo(failed);
    }
  }

  @Test
  void a_run_that_failed_says_why_and_promises_nothing_of_the_next() {
    world.sandbox().onRequest(request -> true, Fault.answer(401, "{}").always());
    List<Integer> printed = new ArrayList<>();
    ProgressListener progress =
        new ProgressListener() {
          @Override
          public void ended(RunResult result) {
            printed.add(bytes.size());
          }
        };
    Console console = new Console(out, out, false, false);
    try (PlanText plan = new PlanText(console, progress, false, MAPPINGS)) {
      world.engine().reconcile(dryRun(true), plan);
    } finally {
      world.sandbox().clearFaults();
    }

    assertThat(printed).as("the line of progress has gone by then").containsExactly(0);
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .containsPattern("  FAILED in \\d+\\.\\d s: .*check AIRTABLE_API_KEY")
        .doesNotContain("a sync will change nothing");
  }

  @Test
  void without_a_run_nothing_is_printed() {
    new PlanJson(out, ProgressListener.NONE).close();

    assertThat(bytes.size()).isZero();
  }

  @Test
  void a_person_gets_a_table_by_kind_and_field_with_three_examples_in_the_future_tense() {
    List<String> ids = somethingOfEverything();

    text(false);

    assertThat(lines())
        .anyMatch(line -> line.contains("dry run, nothing was written"))
        .anyMatch(line -> line.contains("will process"))
        .contains("    COUNT  A SYNC WILL, AS THINGS STAND")
        .contains("        1  insert a lead into PostgreSQL")
        .contains("        5  change in PostgreSQL: company")
        .anyMatch(line -> line.matches(" +rec\\w+ {2}\"Acme\" -> \"Other\""))
        .contains("        1  CLEAR A VALUE in PostgreSQL: company")
        .contains("           " + ids.get(4) + "  \"Acme\" -> (empty)")
        .contains("        1  decide a conflict, Airtable wins: claim")
        .contains("        1  decide a conflict, the portal wins: claim")
        .contains("        1  send to Airtable: claimed_by")
        .contains("        1  CLEAR A VALUE in Airtable: notes")
        .contains("        1  deactivate a lead")
        .contains("  every write: --all, or --json")
        .filteredOn(line -> line.contains("\"Acme\" ->"))
        .hasSize(4);
  }

  @Test
  void asked_for_all_it_lists_every_write_as_well() {
    somethingOfEverything();

    text(true);

    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .contains("pull  company: \"Acme\" -> \"Other\"  (update)")
        .doesNotContain("every write: --all");
  }

  @Test
  void a_table_is_no_longer_however_long_the_plan_is() {
    PlanTable table = new PlanTable(MAPPINGS);
    for (int n = 0; n < 30_000; n++) {
      table.add(
          new PlannedWrite("rec" + n, "push", "notes", null, JSON.valueToTree("n"), "update"));
    }

    table.print(new Console(out, out, false, false));

    assertThat(lines()).hasSize(5).contains("   30,000  send to Airtable: notes");
  }

  @Test
  void a_narrow_terminal_gets_the_examples_in_parts_that_begin_below_each_other() {
    PlanTable table = new PlanTable(MAPPINGS);
    JsonNode before = JSON.valueToTree("a note of the portal, somewhat long");
    JsonNode after = JSON.valueToTree("what a salesperson says");
    table.add(new PlannedWrite("rec00000000000001", "push", "notes", before, after, "update"));

    table.print(new Console(out, out, false, false, false, true, 60));

    assertThat(lines())
        .containsExactly(
            "    COUNT  A SYNC WILL, AS THINGS STAND",
            "        1  send to Airtable: notes",
            "           rec00000000000001  \"a note of the portal,",
            "             somewhat long\" -> \"what a salesperson says\"");
  }

  private List<String> lines() {
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private void json() {
    try (PlanJson plan = new PlanJson(out, ProgressListener.NONE)) {
      world.engine().reconcile(dryRun(true), plan);
    }
  }

  private void text(boolean all) {
    Console console = new Console(out, out, false, false);
    try (PlanText plan = new PlanText(console, ProgressListener.NONE, all, MAPPINGS)) {
      world.engine().reconcile(dryRun(true), plan);
    }
  }

  private JsonNode printed() throws Exception {
    return JSON.readTree(bytes.toByteArray());
  }

  private static void fits(JsonNode json) {
    JsonSchema schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(DryRunOutputTest.class.getResourceAsStream("/sync-result.schema.json"));
    assertThat(schema.validate(json)).isEmpty();
  }

  private List<String> somethingOfEverything() {
    List<String> ids = reconciled(20);
    ids.forEach(id -> leads.update(id, Map.of("Company", "Acme")));
    sync();
    for (String id : ids.subList(0, 4)) {
      leads.update(id, Map.of("Company", "Other"));
    }
    leads.update(ids.get(4), java.util.Collections.singletonMap("Company", null));
    leads.create(Map.of("First Name", "New"));
    leads.delete(ids.get(5));
    world.portalEdit(
        ids.get(6), Duration.ofMinutes(5), java.util.Collections.singletonMap("notes", null));
    both(ids.get(7), Duration.ofMinutes(1));
    both(ids.get(8), Duration.ofMinutes(9));
    return ids;
  }

  private void both(String id, Duration airtableAgo) {
    claim(id, ALICE, Duration.ofMinutes(5));
    leads.update(id, Map.of("Claimed By", BOB.toString()));
    leads.setModified(id, Instant.now().minus(airtableAgo));
  }
}
