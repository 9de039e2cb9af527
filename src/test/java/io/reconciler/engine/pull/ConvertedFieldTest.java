package io.reconciler.engine.pull;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.engine.run.RunRequest;
import io.reconciler.engine.run.RunResult;
import io.reconciler.engine.run.Trigger;
import io.reconciler.sandbox.Fault;
import io.reconciler.sandbox.table.SandboxField;
import io.reconciler.sandbox.table.SandboxTable;
import io.reconciler.world.SideBySide;
import io.reconciler.world.TablesWorld;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Fields that get another type and serve their columns all the same, or again: what both sides
 * agreed on counts where Airtable still shows it.
 */
@SideBySide(SideBySide.Lane.COMMANDS)
class ConvertedFieldTest {

  private static final String ITEMS =
      """
      table: Items
      last_modified_field: Changed
      postgres: {client: client_id, created_at: created_at, updated_at: updated_at}
      groups:
        - {name: done, policy: newest}
        - {name: amount, policy: newest}
        - {name: word, policy: newest}
      fields:
        - {column: name, type: text, airtable_field: Name, airtable_type: singleLineText, conversion: text, owner: airtable}
        - {column: kind, type: text, airtable_field: Kind, airtable_type: singleLineText, conversion: text, owner: airtable}
        - {column: done, type: boolean, airtable_field: Done, airtable_type: checkbox, conversion: boolean, owner: portal, group: done}
        - {column: amount, type: integer, airtable_field: Amount, airtable_type: number, conversion: integer, owner: portal, group: amount}
        - {column: word, type: text, airtable_field: Word, airtable_type: singleLineText, conversion: text, owner: portal, group: word}
      """;
  private static final String DDL =
      """
      create table items
        (id bigint generated always as identity primary key, client_id uuid, airtable_record_id text,
        name text, kind text, done boolean, amount integer, word text,
        created_at timestamptz, updated_at timestamptz not null default now(),
        unique (client_id, airtable_record_id));
      """;

  @TempDir private Path folder;
  private TablesWorld world;
  private SandboxTable items;
  private final List<String> ids = new ArrayList<>();

  @BeforeEach
  void settled() {
    world =
        TablesWorld.open(
            folder,
            Map.of("items", ITEMS),
            DDL,
            new TreeMap<>(
                Map.of(
                    "Items",
                    List.of(
                        SandboxField.of("Name", "singleLineText"),
                        SandboxField.of("Kind", "singleLineText"),
                        SandboxField.of("Done", "checkbox"),
                        SandboxField.of("Amount", "number"),
                        SandboxField.of("Word", "singleLineText"),
                        SandboxField.lastModified("Changed")))));
    items = world.base().table("Items");
    for (int n = 0; n < 4; n++) {
      ids.add(
          items.create(
              Map.of("Name", "i" + n, "Kind", "k", "Done", n < 3, "Amount", 1 + n, "Word", "w")));
    }
    assertThat(world.sync(true).errorCount()).isZero();
    ids.forEach(id -> items.setModified(id, Instant.now().minusSeconds(172_800)));
    execute("update items set updated_at = now() - interval '3 days'");
    execute("update reconciler.agreed_value set airtable_modified_at = now() - interval '2 days'");
    assertThat(world.sync(true).errorCount()).isZero();
    world.sandbox().clearLogs();
  }

  @AfterEach
  void close() {
    world.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void ticks_go_over_to_the_boxes_that_a_type_and_back_has_emptied(boolean full) {
    becomes("Done", "singleLineText", Map.of());
    run(true);
    edit(1, "done", "false");
    edit(3, "done", "true");
    becomes("Done", "checkbox", Map.of(2, true));

    RunResult result = sameAsDry(full);

    assertThat(result.errorCount()).as("%s", result).isZero();
    assertThat(column("done")).isEqualTo("true false true true");
    assertThat(cells("Done")).isEqualTo("true - true true");
    assertThat(conflicts()).isEmpty();
    quiet();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_number_that_became_a_rating_overwrites_nothing_and_is_a_conflict(boolean full) {
    becomes("Amount", "rating", Map.of(0, 5, 1, 5, 3, 4));
    edit(1, "amount", "2 + 1");
    edit(3, "amount", "1");

    RunResult result = asked(full);

    assertThat(result.errorCount()).as("%s", result).isZero();
    // Of two that differ the later one counts, and both stand in the ledger.
    assertThat(conflicts())
        .containsExactlyInAnyOrder(
            ids.get(0) + " amount 5 1 airtable open", ids.get(1) + " amount 5 3 portal open");
    assertThat(column("amount")).isEqualTo("5 3 3 1");
    assertThat(cells("Amount")).isEqualTo("5 3 3 1");
    quiet();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_column_of_airtables_is_read_again_when_its_type_is_another_one_that_fits(boolean full) {
    becomes("Kind", "singleSelect", Map.of(0, "k", 1, "other"));

    RunResult result = asked(full);

    assertThat(result.errorCount()).as("%s", result).isZero();
    assertThat(column("kind")).isEqualTo("k other - -");
    assertThat(cells("Kind")).isEqualTo("k other - -");
    assertThat(world.sandbox().writes()).isEmpty();
    quiet();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void what_the_portal_changed_or_cleared_meanwhile_goes_the_normal_way(boolean full) {
    edit(0, "word", "null");
    becomes("Word", "number", Map.of(0, "w", 1, "w", 2, "w", 3, "w"));
    assertThat(run(true).stage1().errorCount()).isEqualTo(1);
    edit(1, "word", "'edited'");
    edit(2, "word", "null");
    becomes("Word", "singleLineText", Map.of(0, "w", 1, "w", 2, "x", 3, "w"));

    RunResult result = sameAsDry(full);

    assertThat(result.errorCount()).as("%s", result).isZero();
    assertThat(column("word")).isEqualTo("- edited - w");
    assertThat(cells("Word")).isEqualTo("- edited - w");
    // Airtable shows another word where the portal has cleared the agreed one.
    assertThat(conflicts()).containsExactly(ids.get(2) + " word x null portal open");
    quiet();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_cell_that_changed_while_its_record_did_not_is_enough_to_ask(boolean full) {
    ids.forEach(id -> items.setModified(id, Instant.now().minusSeconds(180)));
    assertThat(world.sync(false).errorCount()).isZero();
    becomes("Word", "singleSelect", Map.of(0, "x", 1, "w", 2, "w"));
    // A type that the portal's column can't take in, of the same kind of JSON as before.
    items.changeField(SandboxField.of("Word", "date"));
    world.sandbox().clearLogs();

    RunResult result = world.sync(full);

    assertThat(result.stage1().errors())
        .singleElement()
        .asString()
        .contains("\"Word\" does not fit the column word, of the type date: it does not take");
    assertThat(result.airtableRequests()).isEqualTo(2);
    assertThat(column("word")).isEqualTo("w w w w");
    assertThat(cells("Word")).isEqualTo("x w w -");
    assertThat(conflicts()).isEmpty();

    becomes("Word", "singleLineText", Map.of(0, "x", 1, "w", 2, "w"));
    assertThat(run(full).errorCount()).isZero();
    assertThat(column("word")).isEqualTo("x w w w");
    assertThat(cells("Word")).isEqualTo("x w w w");
    assertThat(conflicts()).containsExactly(ids.get(0) + " word x w airtable open");
    quiet();
  }

  @Test
  void an_edit_of_a_person_moves_the_time_and_costs_no_question() {
    items.update(ids.get(0), Map.of("Word", "typed"));
    edit(1, "word", "'portal'");
    world.sandbox().clearLogs();

    RunResult result = world.sync(false);

    assertThat(result.errorCount()).as("%s", result).isZero();
    assertThat(result.airtableRequests()).isEqualTo(3);
    assertThat(column("word")).isEqualTo("typed portal w w");
    assertThat(cells("Word")).isEqualTo("typed portal w w");
    world.sandbox().clearLogs();
    assertThat(world.sync(false).airtableRequests()).isEqualTo(1);
  }

  @Test
  void a_run_that_breaks_off_leaves_what_was_agreed_on_to_the_next() {
    becomes("Word", "number", Map.of(0, "w", 1, "w"));
    assertThat(run(true).stage1().errorCount()).isEqualTo(1);
    edit(0, "word", "null");
    becomes("Word", "singleLineText", Map.of(0, "w", 1, "w"));
    // The listing of the field alone breaks off: all but the window's has no formula.
    world
        .sandbox()
        .onRequest(
            request ->
                request.method().equals("GET")
                    && !request.path().contains("/meta/")
                    && request.query("filterByFormula") == null,
            Fault.answer(401, "{\"error\":{\"type\":\"AUTHENTICATION_REQUIRED\"}}").times(1));

    assertThat(run(false).success()).isFalse();
    RunResult result = world.sync(false);

    assertThat(result.errorCount()).as("%s", result).isZero();
    assertThat(column("word")).isEqualTo("- w w w");
    assertThat(cells("Word")).isEqualTo("- w w w");
    assertThat(conflicts()).isEmpty();
    quiet();
  }

  private RunResult sameAsDry(boolean full) {
    List<String> before = world.rows(List.of("items", "reconciler.agreed_value"));
    RunResult dry = world.run(new RunRequest(Trigger.CLI, "test", 20, null, full, true, false));
    assertThat(world.rows(List.of("items", "reconciler.agreed_value"))).isEqualTo(before);
    RunResult result = run(full);
    assertThat(dry.stage1()).isEqualTo(result.stage1());
    assertThat(dry.stage2()).isEqualTo(result.stage2());
    return result;
  }

  // The metadata is asked for by a run after a day.
  private RunResult asked(boolean full) {
    execute("update reconciler.airtable_table set asked_at = now() - interval '2 days'");
    return sameAsDry(full);
  }

  private RunResult run(boolean full) {
    execute(
        "update reconciler.airtable_table set asked_at = asked_at - interval '11 minutes'"
            + " where asked_at > now() - interval '11 minutes'");
    return world.sync(full);
  }

  // As Airtable does: what does not convert is gone, and no record counts as modified.
  private void becomes(String field, String type, Map<Integer, Object> left) {
    for (int n = 0; n < ids.size(); n++) {
      Instant modified = items.modified(ids.get(n));
      items.update(ids.get(n), Collections.singletonMap(field, left.get(n)));
      items.setModified(ids.get(n), modified);
    }
    items.changeField(SandboxField.of(field, type));
  }

  private void edit(int n, String column, String value) {
    execute(
        "update items set %s = %s, updated_at = now() - interval '5 minutes' where name = 'i%d'"
            .formatted(column, value, n));
  }

  private void quiet() {
    world.sync(true);
    world.sandbox().clearLogs();
    List<String> before = world.rows(List.of("items", "reconciler.agreed_value"));
    assertThat(world.sync(false).errorCount()).isZero();
    assertThat(world.sync(true).errorCount()).isZero();
    assertThat(world.rows(List.of("items", "reconciler.agreed_value"))).isEqualTo(before);
    assertThat(world.sandbox().writes()).isEmpty();
  }

  private List<String> conflicts() {
    return world
        .jdbc()
        .sql(
            "select concat_ws(' ', airtable_record_id, field_group, airtable ->> field_group,"
                + " coalesce(portal ->> field_group, 'null'), winner, status)"
                + " from reconciler.conflict")
        .query(String.class)
        .list();
  }

  private String column(String column) {
    return world
        .jdbc()
        .sql(
            "select string_agg(coalesce(cast("
                + column
                + " as text), '-'), ' ' order by name) from items")
        .query(String.class)
        .single();
  }

  private String cells(String field) {
    return String.join(" ", ids.stream().map(id -> cell(id, field)).toList());
  }

  private String cell(String id, String field) {
    JsonNode cell = items.cells(id).get(field);
    return cell == null || cell.isNull() ? "-" : cell.asText();
  }

  private void execute(String sql) {
    world.jdbc().sql(sql).update();
  }
}
