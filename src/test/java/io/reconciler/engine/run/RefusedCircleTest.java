package io.reconciler.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.sandbox.table.SandboxField;
import io.reconciler.sandbox.table.SandboxTable;
import io.reconciler.world.SideBySide;
import io.reconciler.world.TablesWorld;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records of a table that links to itself, all of which are refused. */
@SideBySide(SideBySide.Lane.COMMANDS)
class RefusedCircleTest {

  private static final int COMPANIES = 60;

  private static final UUID OTHER = UUID.fromString("00000000-0000-4000-8000-000000000009");

  private static final String MAPPING =
      """
      table: Companies
      last_modified_field: Changed
      postgres: {client: client_id, created_at: created_at, updated_at: updated_at}
      groups:
        - {name: rating, policy: newest}
      fields:
        - {column: rating, type: text, airtable_field: Rating, airtable_type: singleLineText, conversion: text, owner: portal, group: rating}
        - {column: name, type: text, airtable_field: Name, airtable_type: singleLineText, conversion: text, owner: airtable}
        - {column: parent, type: uuid, airtable_field: Parent, airtable_type: multipleRecordLinks, conversion: link, to: companies, owner: airtable}
      """;
  private static final String DDL =
      """
      create table companies (id uuid primary key default gen_random_uuid(), client_id uuid,
        airtable_record_id text, name text, rating text, parent uuid references companies,
        created_at timestamptz, updated_at timestamptz not null default now(),
        unique (airtable_record_id));
      create function refuse() returns trigger language plpgsql as $$
        begin raise exception 'no company is taken'; end $$;
      """;
  private static final String REFUSE =
      "create trigger refuse before insert or update on companies for each row"
          + " execute function refuse()";
  private static final String LETTERS = "select count(*) from reconciler.dead_letter where ";

  @TempDir private static Path folder;
  private static TablesWorld world;
  private static SandboxTable companies;

  private final List<String> ids = new ArrayList<>();

  @BeforeAll
  static void open() {
    world =
        TablesWorld.open(
            folder,
            Map.of("companies", MAPPING),
            DDL,
            Map.of(
                "Companies",
                List.of(
                    SandboxField.of("Name", "singleLineText"),
                    SandboxField.of("Rating", "singleLineText"),
                    SandboxField.lastModified("Changed"))));
    companies = world.base().table("Companies");
    companies.addLink("Parent", companies, true, "Children");
  }

  @AfterAll
  static void close() {
    world.close();
  }

  // Most parents come after their children.
  @BeforeEach
  void companiesWithParents() {
    world.jdbc().sql("drop trigger if exists refuse on companies").update();
    world.fresh(List.of("companies"));
    for (int i = 0; i < COMPANIES; i++) {
      ids.add(companies.create(Map.of("Name", "No " + i)));
    }
    for (int i = 0; i < COMPANIES - 1; i++) {
      companies.update(ids.get(i), Map.of("Parent", List.of(ids.get(i + 1))));
    }
  }

  @Test
  void of_new_records_each_is_counted_and_tried_once_a_run() {
    world.jdbc().sql(REFUSE).update();
    assertAllRefused(dryRun());
    assertThat(letters("true")).isZero();
    for (int attempts = 1; attempts <= 2; attempts++) {
      assertAllRefused(world.sync(true).stage1());
      assertLetters(attempts);
      assertThat(rows("true")).isZero();
    }
    lift();
    assertThat(world.sync(true).stage1().inserted()).isEqualTo(COMPANIES);
    assertInStep();
  }

  @Test
  void of_rows_that_are_another_clients_each_is_counted_and_tried_once_a_run() {
    world.sync(true);
    assertInStep();
    world
        .jdbc()
        .sql(
            "insert into clients (id, company_name, email, airtable_base_id, is_active) values (?, 'Other',"
                + " 'other@example.com', 'appOtherOther0001', false)")
        .param(OTHER)
        .update();
    world.jdbc().sql("update companies set client_id = ?, parent = null").param(OTHER).update();
    assertAllRefused(dryRun());
    for (int attempts = 1; attempts <= 2; attempts++) {
      assertAllRefused(world.sync(true).stage1());
      assertLetters(attempts);
      assertThat(rows("parent is null")).isEqualTo(COMPANIES);
    }
    world.jdbc().sql("update companies set client_id = ?").param(world.clientId()).update();
    world.sync(true);
    assertInStep();
  }

  @Test
  void of_known_records_each_is_counted_once_and_each_value_tried_once_a_run() {
    world.sync(true);
    assertInStep();
    // What is new has no row yet when the others link it.
    String last = companies.create(Map.of("Name", "Last"));
    ids.forEach(id -> companies.update(id, Map.of("Name", "Other", "Parent", List.of(last))));
    world.jdbc().sql(REFUSE).update();

    assertThat(dryRun().recordsProcessed()).isEqualTo(COMPANIES + 1);
    RunResult.Stage1 refused = world.sync(true).stage1();

    assertThat(refused.recordsProcessed()).isEqualTo(COMPANIES + 1);
    // The new record, and of each other one its name and its link.
    assertThat(refused.errorCount()).isEqualTo(1 + 2 * COMPANIES);
    assertThat(letters("status = 'open' and attempts = 1")).isEqualTo(1 + 2 * COMPANIES);
    assertThat(rows("name like 'No %'")).isEqualTo(COMPANIES);
    lift();
    assertThat(world.sync(true).stage1().errorCount()).isZero();
    assertThat(rows("name = 'Other' and parent = (select id from companies where name = 'Last')"))
        .isEqualTo(COMPANIES);
    assertThat(letters("status <> 'closed'")).isZero();
  }

  @Test
  void what_takes_the_record_and_refuses_its_link_is_one_error_of_one_record() {
    world
        .jdbc()
        .sql(
            "create trigger refuse before update on companies for each row execute function"
                + " refuse()")
        .update();

    RunResult.Stage1 result = world.sync(true).stage1();

    assertThat(result.recordsProcessed()).isEqualTo(COMPANIES);
    assertThat(result.inserted()).isEqualTo(COMPANIES);
    assertThat(result.errorCount()).isEqualTo(letters("attempts = 1")).isPositive();
    assertThat(rows("true")).isEqualTo(COMPANIES);
    lift();
    world.sync(true);
    assertInStep();
  }

  private static RunResult.Stage1 dryRun() {
    return world.run(new RunRequest(Trigger.CLI, "test", 20, null, true, true, false)).stage1();
  }

  private static void lift() {
    world.jdbc().sql("drop trigger refuse on companies").update();
  }

  private static void assertAllRefused(RunResult.Stage1 refused) {
    assertThat(refused.recordsProcessed()).isEqualTo(COMPANIES);
    assertThat(refused.errorCount()).isEqualTo(COMPANIES);
    assertThat(refused.inserted() + refused.updated() + refused.unchanged()).isZero();
  }

  private static void assertLetters(int attempts) {
    assertThat(letters("status = 'open' and attempts = " + attempts)).isEqualTo(COMPANIES);
    assertThat(letters("true")).isEqualTo(COMPANIES);
  }

  private void assertInStep() {
    assertThat(letters("status <> 'closed'")).isZero();
    for (int i = 0; i < COMPANIES; i++) {
      Map<String, Object> row = world.row("companies", ids.get(i));
      assertThat(row).containsEntry("name", "No " + i);
      if (i < COMPANIES - 1) {
        Object parent = world.row("companies", ids.get(i + 1)).get("id");
        assertThat(row).containsEntry("parent", parent);
      }
    }
  }

  private static long letters(String where) {
    return world.jdbc().sql(LETTERS + where).query(Long.class).single();
  }

  private static long rows(String where) {
    return world
        .jdbc()
        .sql("select count(*) from companies where " + where)
        .query(Long.class)
        .single();
  }
}
