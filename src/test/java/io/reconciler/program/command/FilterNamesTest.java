package io.reconciler.program.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.sandbox.table.SandboxField;
import io.reconciler.world.SideBySide;
import io.reconciler.world.TablesWorld;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Filters by group and field where one table's group is called as another's column, or group. */
@SideBySide(SideBySide.Lane.COMMANDS)
class FilterNamesTest {

  private static final List<String> TABLES = List.of("companies", "people");

  @TempDir private static Path folder;
  private static TablesWorld world;
  private String company;
  private String person;

  @BeforeAll
  static void open() {
    List<SandboxField> fields =
        List.of(
            SandboxField.of("Plans", "singleLineText"),
            SandboxField.of("Seats", "singleLineText"),
            SandboxField.lastModified("Changed"));
    String ddl =
        "create table %s (id uuid primary key default gen_random_uuid(), client_id uuid, airtable_record_id text unique, plans varchar(9), seats varchar(9), created_at timestamptz, updated_at timestamptz not null default now())";
    world =
        TablesWorld.open(
            folder,
            Map.of(
                "companies", mapping("companies", "info", "info", "- {name: info, policy: newest}"),
                "people",
                    mapping(
                        "people",
                        "plans",
                        "info",
                        "- {name: plans, policy: newest}\n  - {name: info, policy: newest}")),
            ddl.formatted("companies") + ";" + ddl.formatted("people"),
            Map.of("companies", fields, "people", fields));
  }

  private static String mapping(String name, String plans, String seats, String groups) {
    return """
    table: %1$s
    last_modified_field: Changed
    postgres: {table: %1$s, client: client_id, created_at: created_at, updated_at: updated_at}
    groups:
      %4$s
    fields:
      - {column: plans, type: varchar(9), airtable_field: Plans, conversion: text, owner: portal, group: %2$s}
      - {column: seats, type: varchar(9), airtable_field: Seats, conversion: text, owner: portal, group: %3$s}
    """
        .formatted(name, plans, seats, groups);
  }

  @AfterAll
  static void close() {
    world.close();
  }

  @BeforeEach
  void fresh() {
    world.fresh(TABLES);
    company = world.base().table("companies").create(Map.of("Plans", "a", "Seats", "1"));
    person = world.base().table("people").create(Map.of("Plans", "a", "Seats", "1"));
    assertThat(world.sync(true).failure()).isNull();
  }

  private static CommandAnswer run(String line) {
    return CommandAnswer.to(world.environment(), "", line.split(" "));
  }

  /**
   * In each table a conflict about the plans, and in people one about the seats, all Airtable's.
   */
  private void conflicts() {
    world
        .jdbc()
        .sql(
            "update companies set plans = 'ours', updated_at = now() - interval '10 minutes';"
                + "update people set plans = 'ours', seats = 'mine', updated_at = now() - interval '10 minutes'")
        .update();
    world.base().table("companies").update(company, Map.of("Plans", "theirs"));
    world.base().table("people").update(person, Map.of("Plans", "theirs", "Seats", "yours"));
    assertThat(world.sync(false).failure()).isNull();
    assertThat(open("conflict", "field_group"))
        .containsExactly("companies info", "people info", "people plans");
  }

  /** In each table a value that is too long for the column of the plans. */
  private void deadLetters() {
    TABLES.forEach(
        table ->
            world
                .base()
                .table(table)
                .update(
                    table.equals("people") ? person : company,
                    Map.of("Plans", "much longer than that")));
    assertThat(world.sync(false).failure()).isNull();
    assertThat(open("dead_letter", "field")).containsExactly("companies plans", "people plans");
  }

  private static List<String> open(String ledger, String name) {
    return world
        .jdbc()
        .sql(
            "select table_name || ' ' || %s from reconciler.%s where status = 'open' order by 1"
                .formatted(name, ledger))
        .query(String.class)
        .list();
  }

  private void assertSides(String table, String record, String plans, String seats) {
    assertThat(world.row(table, record))
        .containsEntry("plans", plans)
        .containsEntry("seats", seats);
    assertThat(world.cell(table, record, "Plans").asText()).isEqualTo(plans);
    assertThat(world.cell(table, record, "Seats").asText()).isEqualTo(seats);
  }

  @Test
  void a_group_is_not_the_group_that_is_called_as_one_of_its_columns() {
    conflicts();

    CommandAnswer applied = run("conflicts apply --all --table companies --group info");
    assertThat(applied.code()).as(applied.err()).isZero();
    assertSides("companies", company, "ours", "1");
    assertThat(open("conflict", "field_group")).containsExactly("people info", "people plans");

    CommandAnswer all = run("conflicts apply --all --group info");

    assertThat(all.code()).as(all.err()).isZero();
    assertThat(open("conflict", "field_group")).containsExactly("people plans");
    assertSides("people", person, "theirs", "mine");
  }

  @ParameterizedTest
  @CsvSource({
    "--group plans, companies info;people info",
    "--field plans, people info",
    "--field Plans, people info",
    "--field seats, people plans",
    "--group info, people plans",
    "--group info --field plans, people info;people plans",
    "--table people --field seats, companies info;people plans",
  })
  void a_filter_takes_what_it_names_in_each_table(String filter, String left) {
    conflicts();

    CommandAnswer dismissed = run("conflicts dismiss --all " + filter);

    assertThat(dismissed.code()).as(dismissed.err()).isZero();
    assertThat(open("conflict", "field_group")).containsExactly(left.split(";"));
    assertSides("companies", company, "theirs", "1");
    assertSides("people", person, "theirs", "yours");
  }

  @ParameterizedTest
  @CsvSource({
    "--group info, people plans",
    "--group plans, companies plans",
    "--field Plans --table people, companies plans",
  })
  void a_dead_letter_of_another_tables_column_is_left(String filter, String left) {
    deadLetters();

    CommandAnswer discarded = run("dead-letters discard --all " + filter);

    assertThat(discarded.code()).as(discarded.err()).isZero();
    assertThat(open("dead_letter", "field")).containsExactly(left);
    assertThat(world.row("people", person)).containsEntry("plans", "a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "conflicts list --group inffo",
        "conflicts dismiss --all --group inffo",
        "conflicts apply --all --group inffo --table companies",
        "dead-letters list --group inffo",
        "dead-letters discard --all --group inffo"
      })
  void a_group_that_nobody_knows_is_wrong_usage(String line) {
    conflicts();
    List<String> before = world.rows(List.of("companies", "people", "reconciler.conflict"));

    CommandAnswer answer = run(line);

    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.out()).isEmpty();
    assertThat(answer.err())
        .startsWith("--group inffo names no field group of ")
        .contains("did you mean \"info\"?");
    assertThat(world.rows(List.of("companies", "people", "reconciler.conflict"))).isEqualTo(before);
  }

  @Test
  void a_field_that_nobody_knows_is_wrong_usage() {
    CommandAnswer answer = run("dead-letters retry --all --field seat");

    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.err())
        .startsWith("--field seat names no field of any mapped table, and no dead letter is about")
        .contains("did you mean \"Seats\"?");
  }

  @Test
  void a_name_of_a_former_mapping_is_known_while_the_ledger_has_it() {
    deadLetters();
    world
        .jdbc()
        .sql("update reconciler.dead_letter set field = 'size' where table_name = 'companies'")
        .update();
    world
        .jdbc()
        .sql("update reconciler.dead_letter set table_name = 'gone' where table_name = 'people'")
        .update();

    assertThat(run("dead-letters list --field size --json").json()).hasSize(1);
    assertThat(run("dead-letters list --group size --json").json()).hasSize(1);
    assertThat(run("dead-letters list --field plans --json").json()).hasSize(1);
    assertThat(run("dead-letters discard --all --field size").code()).isZero();
    assertThat(open("dead_letter", "field")).containsExactly("gone plans");
    assertThat(run("conflicts list --field size").code()).isEqualTo(2);
  }
}
