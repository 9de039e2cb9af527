package io.reconciler.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.engine.verify.VerifyOutcome;
import io.reconciler.program.command.CommandAnswer;
import io.reconciler.sandbox.Fault;
import io.reconciler.sandbox.table.SandboxField;
import io.reconciler.sandbox.table.SandboxTable;
import io.reconciler.world.SideBySide;
import io.reconciler.world.TablesWorld;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Three linked tables: one of a schema, with numbers as keys; one with a circle; one of one base.
 */
@SideBySide(SideBySide.Lane.COMMANDS)
class TablesTest {

  private static final String COMPANIES =
      """
      table: Companies
      last_modified_field: Changed
      postgres:
        table: crm.companies
        key: id
        record_id: airtable_record_id
        client: client_id
        created_at: created_at
        updated_at: updated_at
      groups:
        - {name: tags, policy: newest}
      fields:
        - {column: name, type: text, airtable_field: Name, airtable_type: singleLineText, conversion: text, owner: airtable}
        - {column: revenue, type: "numeric(14,2)", airtable_field: Revenue, airtable_type: number, conversion: number, owner: airtable}
        - {column: tags, type: "text[]", airtable_field: Tags, airtable_type: multipleSelects, conversion: options, owner: portal, group: tags, new_options: true}
        - {column: contact_id, type: uuid, airtable_field: Contact, airtable_type: multipleRecordLinks, conversion: link, to: people, owner: airtable}
      """;
  private static final String PEOPLE =
      """
      table: People
      last_modified_field: Changed
      postgres:
        client: client_id
        created_at: created_at
        updated_at: updated_at
      groups:
        - {name: employer, policy: newest}
        - {name: notes, policy: merge-lines}
      fields:
        - {column: name, type: text, airtable_field: Name, airtable_type: singleLineText, conversion: text, owner: airtable}
        - {column: born, type: date, airtable_field: Born, airtable_type: date, conversion: date, owner: airtable}
        - {column: notes, type: text, airtable_field: Notes, airtable_type: multilineText, conversion: text, owner: portal, group: notes}
        - {column: company_id, type: bigint, airtable_field: Company, airtable_type: multipleRecordLinks, conversion: link, to: companies, owner: portal, group: employer}
      """;
  private static final String ORDERS =
      """
      table: Orders
      base: appTablesWorld001
      filter: "{State} != 'draft'"
      postgres:
        table: orders
        key: number
        record_id: airtable_record_id
      fields:
        - {column: state, type: order_state, airtable_field: State, airtable_type: singleLineText, conversion: text, owner: airtable}
        - {column: amount, type: double precision, airtable_field: Amount, airtable_type: number, conversion: number, owner: airtable}
        - {column: "order", type: integer, airtable_field: Order, airtable_type: number, conversion: number, owner: airtable}
        - {column: buyers, type: "uuid[]", airtable_field: Buyers, airtable_type: multipleRecordLinks, conversion: link, to: people, owner: airtable}
        - {column: raw, type: jsonb, airtable_field: Extra, airtable_type: singleLineText, conversion: json, owner: airtable}
      """;
  private static final String DDL =
      """
      create schema crm;
      create table crm.companies (id bigint generated always as identity primary key,
        client_id uuid not null, airtable_record_id text, name text, revenue numeric(14,2),
        tags text[], contact_id uuid, created_at timestamptz, updated_at timestamptz not null default now(),
        unique (client_id, airtable_record_id));
      create table people (id uuid primary key, client_id uuid, airtable_record_id text,
        name text, born date, notes text, company_id bigint references crm.companies on delete set null,
        created_at timestamptz, updated_at timestamptz not null default now(),
        unique (client_id, airtable_record_id));
      create type order_state as enum ('open', 'paid', 'draft');
      create table orders (number serial primary key, airtable_record_id text unique,
        state order_state, amount double precision, "order" integer, buyers uuid[], raw jsonb);
      """;

  // What tests change of the tables, put back whether they came to their end or not.
  private static final String AS_MADE =
      """
      drop function if exists end_lock cascade;
      alter table if exists gone rename to orders;
      alter table orders add column if not exists amount double precision;
      alter table people drop constraint if exists no_bob, alter name drop not null;
      """;
  private static final String INDEXED =
      """
      alter table crm.companies drop constraint if exists companies_client_id_airtable_record_id_key,
        add constraint companies_client_id_airtable_record_id_key unique (client_id, airtable_record_id);
      alter table people drop constraint if exists people_client_id_airtable_record_id_key,
        add constraint people_client_id_airtable_record_id_key unique (client_id, airtable_record_id);
      alter table orders drop constraint if exists orders_airtable_record_id_key,
        add constraint orders_airtable_record_id_key unique (airtable_record_id);
      """;
  private static final SandboxField TAGS =
      SandboxField.of("Tags", "multipleSelects").withChoices(List.of("big", "new", "old"));

  @TempDir private static Path folder;
  private static TablesWorld world;
  private static SandboxTable companies;
  private static SandboxTable people;
  private static SandboxTable orders;

  @BeforeAll
  static void open() {
    world =
        TablesWorld.open(
            folder,
            Map.of("companies", COMPANIES, "people", PEOPLE, "orders", ORDERS),
            DDL,
            tables());
    companies = world.base().table("Companies");
    people = world.base().table("People");
    orders = world.base().table("Orders");
    companies.addLink("Contact", people, true, "Contact of");
    people.addLink("Company", companies, true, "Staff");
    orders.addLink("Buyers", people, false, "Orders");
  }

  private static Map<String, List<SandboxField>> tables() {
    Map<String, List<SandboxField>> tables = new LinkedHashMap<>();
    tables.put(
        "Companies",
        List.of(
            SandboxField.of("Name", "singleLineText"),
            SandboxField.of("Revenue", "number"),
            TAGS,
            SandboxField.lastModified("Changed")));
    tables.put(
        "People",
        List.of(
            SandboxField.of("Name", "singleLineText"),
            SandboxField.of("Born", "date"),
            SandboxField.of("Notes", "multilineText"),
            SandboxField.lastModified("Changed")));
    tables.put(
        "Orders",
        List.of(
            SandboxField.of("State", "singleLineText"),
            SandboxField.of("Amount", "number"),
            SandboxField.of("Order", "number"),
            SandboxField.of("Extra", "singleLineText")));
    return tables;
  }

  @BeforeEach
  void fresh() {
    world.jdbc().sql(AS_MADE).update();
    world.fresh(List.of("orders", "people", "crm.companies"));
    // A run may have made options.
    companies.removeField("Tags");
    companies.addField(TAGS);
    execute(INDEXED);
  }

  private static void execute(String sql) {
    world.jdbc().sql(sql).update();
  }

  @AfterAll
  static void close() {
    world.close();
  }

  @Test
  void values_and_links_of_all_tables_arrive_and_an_idle_run_writes_nothing() {
    String acme =
        companies.create(
            Map.of("Name", "Acme", "Revenue", 1234567.89, "Tags", List.of("old", "big")));
    String ada =
        people.create(Map.of("Name", "Ada", "Born", "1815-12-10", "Company", List.of(acme)));
    String bob = people.create(Map.of("Name", "Bob", "Company", List.of(acme)));
    companies.update(acme, Map.of("Contact", List.of(bob)));
    String first =
        orders.create(
            Map.of(
                "State",
                "paid",
                "Amount",
                0.1,
                "Order",
                7,
                "Buyers",
                List.of(bob, ada),
                "Extra",
                "x"));
    orders.create(Map.of("State", "draft"));

    RunResult run = world.sync(true);

    assertThat(run.success()).as("%s", run).isTrue();
    assertThat(run.errorCount()).as("%s", run).isZero();
    assertThat(run.tables()).extracting(RunResult.TableResult::table).hasSize(3);
    assertThat(run.stage1().inserted()).isEqualTo(4);
    assertThat(run.stage1().recordsProcessed()).isEqualTo(4);
    Map<String, Object> company = world.row("crm.companies", acme);
    Object bobsKey = world.row("people", bob).get("id");
    Object adasKey = world.row("people", ada).get("id");
    assertThat(company).containsEntry("revenue", new BigDecimal("1234567.89"));
    assertThat(company).containsEntry("contact_id", bobsKey);
    assertThat(world.row("people", ada)).containsEntry("company_id", company.get("id"));
    assertThat(world.row("people", ada))
        .hasEntrySatisfying("born", d -> assertThat(d).hasToString("1815-12-10"));
    assertThat(
            world
                .jdbc()
                .sql(
                    "select buyers[1] || ' ' || buyers[2] || ' ' || state || ' ' || amount || ' ' || \"order\" || raw from orders")
                .query(String.class)
                .single())
        .isEqualTo(bobsKey + " " + adasKey + " paid 0.1 7\"x\"");
    assertThat(
            world
                .jdbc()
                .sql("select tags[1] || tags[2] from crm.companies")
                .query(String.class)
                .single())
        .isEqualTo("oldbig");
    assertThat(first).isNotEmpty();

    List<String> tables =
        List.of(
            "crm.companies",
            "people",
            "orders",
            "reconciler.agreed_value",
            "reconciler.dead_letter");
    List<String> before = world.rows(tables);
    RunResult idle = world.sync(false);

    assertThat(idle.success()).isTrue();
    assertThat(idle.stage1().updated()).isZero();
    assertThat(idle.stage2().updated()).isZero();
    assertThat(world.rows(tables)).isEqualTo(before);
    assertThat(world.sandbox().writes()).isEmpty();
  }

  @Test
  void what_the_portal_owns_goes_back_links_too_and_waits_for_a_record() {
    String acme = companies.create(Map.of("Name", "Acme"));
    String ada = people.create(Map.of("Name", "Ada"));
    world.sync(true);
    Object key = world.row("crm.companies", acme).get("id");

    edit("people", ada, "company_id = " + key + ", notes = 'called'");
    edit("crm.companies", acme, "tags = '{new,big}'");
    RunResult run = world.sync(false);

    assertThat(run.errorCount()).as("%s", run).isZero();
    assertThat(run.stage2().updated()).isEqualTo(2);
    assertThat(world.cell("People", ada, "Company")).hasToString("[\"" + acme + "\"]");
    assertThat(world.cell("People", ada, "Notes").asText()).isEqualTo("called");
    assertThat(world.cell("Companies", acme, "Tags")).hasToString("[\"new\",\"big\"]");

    world
        .jdbc()
        .sql("insert into crm.companies (client_id, name) values (?, 'Unborn')")
        .param(world.clientId())
        .update();
    edit("people", ada, "company_id = (select id from crm.companies where name = 'Unborn')");
    RunResult waiting = world.sync(false);
    assertThat(waiting.errorCount()).as("%s", waiting).isZero();
    assertThat(world.cell("People", ada, "Company")).hasToString("[\"" + acme + "\"]");

    String unborn = companies.create(Map.of("Name", "Born"));
    world
        .jdbc()
        .sql("update crm.companies set airtable_record_id = ? where name = 'Unborn'")
        .param(unborn)
        .update();
    RunResult sent = world.sync(false);

    assertThat(sent.errorCount()).as("%s", sent).isZero();
    assertThat(world.cell("People", ada, "Company")).hasToString("[\"" + unborn + "\"]");
    assertThat(
            world
                .jdbc()
                .sql("select count(*) from reconciler.dead_letter where status = 'open'")
                .query(Long.class)
                .single())
        .isZero();
  }

  @Test
  void a_link_to_a_record_outside_of_the_window_is_fetched_in_the_same_run() {
    world.sync(true);
    Instant old = Instant.now().minusSeconds(86_400);
    String acme = companies.create(old, Map.of("Name", "Acme"));
    companies.setModified(acme, old);
    String ada = people.create(old, Map.of("Name", "Ada", "Company", List.of(acme)));
    people.setModified(ada, old);
    companies.setModified(acme, old);
    orders.create(Map.of("State", "open", "Buyers", List.of(ada)));
    people.setModified(ada, old);

    RunResult run = world.sync(false);

    assertThat(run.errorCount()).as("%s", run).isZero();
    assertThat(world.row("people", ada))
        .containsEntry("company_id", world.row("crm.companies", acme).get("id"));
    assertThat(
            world.jdbc().sql("select cardinality(buyers) from orders").query(Long.class).single())
        .isOne();
  }

  @Test
  void a_table_made_anew_gives_its_rows_other_keys_and_links_follow_them() {
    world.sync(true);
    Instant old = Instant.now().minusSeconds(86_400);
    String ada = people.create(old, Map.of("Name", "Ada"));
    String order = orders.create(old, Map.of("State", "open", "Buyers", List.of(ada)));
    world.sync(true);
    Object before = world.row("people", ada).get("id");
    people.setModified(ada, old);
    world.jdbc().sql("create table made_anew (like people including all)").update();
    world.jdbc().sql("drop table people").update();
    world.jdbc().sql("alter table made_anew rename to people").update();

    RunResult run = world.sync(false);

    assertThat(run.success()).as("%s", run).isTrue();
    Object key = world.row("people", ada).get("id");
    assertThat(key).isNotEqualTo(before);
    assertThat(
            world
                .jdbc()
                .sql("select buyers[1] from orders where airtable_record_id = ?")
                .param(order)
                .query(UUID.class)
                .single())
        .isEqualTo(key);
    assertThat(world.cell("Orders", order, "Buyers")).hasToString("[\"" + ada + "\"]");
    assertThat(world.sandbox().writes()).isEmpty();
  }

  @Test
  void a_linked_record_that_may_not_be_read_leaves_the_link_for_later() {
    world.sync(true);
    Instant old = Instant.now().minusSeconds(86_400);
    String ada = people.create(old, Map.of("Name", "Ada"));
    String order = orders.create(Map.of("State", "open", "Buyers", List.of(ada)));
    people.setModified(ada, old);
    world
        .sandbox()
        .onRequest(
            request -> request.toString().contains("RECORD_ID()"),
            Fault.answer(403, "{\"error\":{\"type\":\"INVALID_PERMISSIONS\",\"message\":\"no\"}}")
                .always());

    RunResult run = world.sync(false);

    assertThat(run.stage1().errors()).anyMatch(error -> error.contains(order));
    world.sandbox().clearFaults();
    assertThat(world.sync(true).errorCount()).isZero();
    assertThat(
            world.jdbc().sql("select cardinality(buyers) from orders").query(Long.class).single())
        .isOne();
  }

  @Test
  void a_run_that_loses_its_lock_before_the_links_of_a_circle_fails_and_the_next_ends_it() {
    String acme = companies.create(Map.of("Name", "Acme"));
    String ada = people.create(Map.of("Name", "Ada"));
    for (int i = 0; i < 101; i++) {
      people.create(Map.of("Name", "Person " + i, "Company", List.of(acme)));
      companies.create(Map.of("Name", "Company " + i, "Contact", List.of(ada)));
    }
    world
        .jdbc()
        .sql(
            "create function end_lock() returns trigger language plpgsql as $$ begin perform"
                + " pg_terminate_backend(l.pid) from pg_locks l join pg_database d on d.oid ="
                + " l.database where l.locktype = 'advisory' and d.datname = current_database();"
                + " return null; end $$")
        .update();
    for (String table : List.of("people", "crm.companies")) {
      world
          .jdbc()
          .sql("create trigger end_lock after update on " + table + " execute function end_lock()")
          .update();
    }

    RunResult run = world.sync(true);

    assertThat(run.success()).isFalse();
    assertThat(run.failure()).contains("lost");
    world.jdbc().sql("drop function end_lock cascade").update();
    assertThat(world.sync(true).success()).isTrue();
    assertThat(
            world
                .jdbc()
                .sql(
                    "select (select count(*) from people where company_id is not null) + (select"
                        + " count(*) from crm.companies where contact_id is not null)")
                .query(Long.class)
                .single())
        .isEqualTo(202);
  }

  @Test
  void a_link_to_a_record_that_airtable_has_deleted_waits_alone() {
    String gone = companies.create(Map.of("Name", "Gone"));
    String ada = people.create(Map.of("Name", "Ada"));
    String bob = people.create(Map.of("Name", "Bob"));
    world.sync(true);
    Object key = world.row("crm.companies", gone).get("id");
    companies.delete(gone);

    edit("people", ada, "company_id = " + key + ", notes = 'called'");
    edit("people", bob, "notes = 'wrote'");
    RunResult run = world.sync(false);
    world.sandbox().clearLogs();
    RunResult next = world.sync(false);

    assertThat(run.success()).as("%s", run).isTrue();
    assertThat(run.stage2().errors()).singleElement().asString().contains(ada, gone);
    assertThat(world.cell("People", ada, "Notes").asText()).isEqualTo("called");
    assertThat(world.cell("People", bob, "Notes").asText()).isEqualTo("wrote");
    assertThat(letters("people")).containsExactly(ada + " employer open");
    assertThat(next.errorCount()).as("%s", next).isZero();
    assertThat(world.sandbox().writes()).isEmpty();
  }

  @Test
  void a_link_that_can_not_be_had_is_null_with_a_dead_letter_and_fills_itself() {
    String ada = people.create(Map.of("Name", "Ada"));
    String order = orders.create(Map.of("State", "open", "Buyers", List.of(ada)));
    world.sync(true);
    world.jdbc().sql("alter table people add constraint no_bob check (name <> 'Bob')").update();
    String bob = people.create(Map.of("Name", "Bob"));
    world.jdbc().sql("alter table people alter name set not null").update();
    orders.update(order, Map.of("Buyers", List.of(bob, ada)));

    RunResult run = world.sync(false);

    assertThat(run.stage1().errors()).anyMatch(text -> text.startsWith("orders: " + order));
    assertThat(buyers()).containsExactly(world.row("people", ada).get("id").toString());
    assertThat(letters("orders")).containsExactly(order + " buyers open");

    world.jdbc().sql("alter table people drop constraint no_bob").update();
    world
        .jdbc()
        .sql(
            "update reconciler.dead_letter set next_attempt_at = now() where table_name = 'people'")
        .update();
    RunResult filled = world.sync(false);

    assertThat(filled.success()).isTrue();
    assertThat(buyers())
        .containsExactly(
            world.row("people", bob).get("id").toString(),
            world.row("people", ada).get("id").toString());
    assertThat(letters("orders")).isEmpty();
  }

  @Test
  void an_option_that_airtable_lacks_is_made_where_the_mapping_says_so() {
    String acme = companies.create(Map.of("Name", "Acme"));
    world.sync(true);
    edit("crm.companies", acme, "tags = '{never seen}'");

    RunResult run = world.sync(false);

    assertThat(run.errorCount()).as("%s", run).isZero();
    assertThat(world.cell("Companies", acme, "Tags")).hasToString("[\"never seen\"]");
  }

  private List<String> buyers() {
    return world
        .jdbc()
        .sql("select cast(unnest(buyers) as text) from orders")
        .query(String.class)
        .list();
  }

  private List<String> letters(String table) {
    return world
        .jdbc()
        .sql(
            "select airtable_record_id || ' ' || field || ' ' || status from reconciler.dead_letter"
                + " where status <> 'closed' and table_name = ?")
        .param(table)
        .query(String.class)
        .list();
  }

  @Test
  void a_dry_run_plans_links_and_names_tables_and_a_comparison_finds_nothing_after_the_run() {
    String acme = companies.create(Map.of("Name", "Acme"));
    String ada = people.create(Map.of("Name", "Ada", "Company", List.of(acme)));
    companies.update(acme, Map.of("Contact", List.of(ada)));
    List<RunResult.PlannedWrite> plan = new ArrayList<>();
    world
        .engine()
        .reconcile(
            new RunRequest(Trigger.CLI, "test", 20, null, true, true, false),
            new ProgressListener() {
              @Override
              public void planned(RunResult.PlannedWrite write) {
                plan.add(write);
              }
            });

    assertThat(plan).extracting(RunResult.PlannedWrite::table).contains("companies", "people");
    assertThat(plan)
        .filteredOn(write -> write.field().equals("company_id"))
        .extracting(write -> String.valueOf(write.to()))
        .containsExactly("[\"" + acme + "\"]");
    assertThat(world.jdbc().sql("select count(*) from people").query(Long.class).single()).isZero();

    world.sync(true);
    List<VerifyOutcome> outcomes =
        world
            .engine()
            .verify(
                new RunRequest(Trigger.CLI, "test", 20, null, true, true, false),
                ProgressListener.NONE);

    assertThat(outcomes).hasSize(3);
    assertThat(outcomes)
        .allSatisfy(
            outcome ->
                assertThat(outcome.result())
                    .as("%s", outcome)
                    .matches(r -> r != null && r.isEqual()));
    assertThat(outcomes).extracting(o -> o.result().table()).contains("orders");
  }

  @Test
  void a_run_of_one_table_brings_in_what_it_links_to_and_leaves_the_others() {
    String acme = companies.create(Map.of("Name", "Acme"));
    companies.create(Map.of("Name", "Other"));
    people.create(Map.of("Name", "Ada", "Company", List.of(acme)));

    RunResult run =
        world.run(
            new RunRequest(Trigger.CLI, "test", 20, null, true, false, false)
                .withTables(List.of("people")));

    assertThat(run.success()).as("%s", run).isTrue();
    assertThat(run.tables()).isNull();
    assertThat(world.jdbc().sql("select count(*) from crm.companies").query(Long.class).single())
        .isOne();
  }

  @Test
  void the_first_scheduled_run_of_a_table_lists_all_of_it() {
    Instant old = Instant.now().minusSeconds(86_400);
    companies.setModified(companies.create(old, Map.of("Name", "Acme")), old);
    RunRequest scheduled = new RunRequest(Trigger.SCHEDULE, "test", 20, null, false, false, false);

    assertThat(world.run(scheduled).stage1().inserted()).isOne();
    assertThat(world.run(scheduled).stage1().recordsProcessed()).isZero();
  }

  @Test
  void tables_are_listed_and_what_a_mapping_names_in_vain_is_told() {
    world.sync(true);
    CommandAnswer list = CommandAnswer.to(world.environment(), "", "tables", "--json");
    assertThat(list.out()).contains("\"postgresTable\":\"crm.companies\"", "\"portal\":2");

    world.jdbc().sql("alter table orders drop column amount").update();
    CommandAnswer refused = CommandAnswer.to(world.environment(), "", "sync");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("orders has no column amount");
    assertThat(CommandAnswer.to(world.environment(), "", "sync", "--table", "nobody").code())
        .isEqualTo(2);
  }

  @Test
  void a_table_that_fails_does_not_stop_the_others() {
    people.create(Map.of("Name", "Ada"));
    orders.create(Map.of("State", "open"));
    world.jdbc().sql("alter table orders rename to gone").update();

    RunResult run = world.sync(true);

    assertThat(run.success()).isFalse();
    assertThat(run.failure()).contains("orders");
    assertThat(run.tables())
        .filteredOn(t -> t.failure() != null)
        .extracting(RunResult.TableResult::table)
        .containsExactly("orders");
    assertThat(world.jdbc().sql("select count(*) from people").query(Long.class).single()).isOne();
  }

  @ParameterizedTest
  @CsvSource({
    "people, people_client_id_airtable_record_id_key, 'people has no unique index on client_id, airtable_record_id, by which records find their rows: run `reconciler check`, which says what puts it right'",
    "orders, orders_airtable_record_id_key, 'orders has no unique index on airtable_record_id, by which records find their rows: run `reconciler check`, which says what puts it right'"
  })
  void a_table_whose_records_have_two_rows_each_fails_as_check_says_and_is_left_as_it_is(
      String table, String index, String text) {
    String person = people.create(Map.of("Name", "Ada", "Notes", "one"));
    String order = orders.create(Map.of("State", "open"));
    String company = companies.create(Map.of("Name", "Acme"));
    world.sync(true);
    execute("alter table %s drop constraint %s".formatted(table, index));
    execute(
        table.equals("people")
            ? "insert into people select gen_random_uuid(), client_id, airtable_record_id, 'twin' from people"
            : "insert into orders (airtable_record_id, state) select airtable_record_id, 'paid' from orders");
    List<String> rows = world.rows(List.of(table));
    people.update(person, Map.of("Name", "Grace"));
    orders.update(order, Map.of("State", "paid"));
    companies.update(company, Map.of("Name", "Apex"));
    world.sandbox().clearLogs();

    RunResult run = world.sync(false);
    RunResult full = world.sync(true);

    for (RunResult failed : List.of(run, full)) {
      assertThat(failed.success()).isFalse();
      assertThat(failed.failure()).isEqualTo(table + ": " + text);
    }
    assertThat(world.rows(List.of(table))).isEqualTo(rows);
    assertThat(world.rows(List.of("reconciler.dead_letter"))).isEmpty();
    assertThat(world.sandbox().writes()).isEmpty();
    assertThat(world.row("crm.companies", company)).containsEntry("name", "Apex");
    assertThat(world.row(table.equals("people") ? "orders" : "people", other(table, person, order)))
        .containsValue(table.equals("people") ? "paid" : "Grace");

    execute(
        "delete from %1$s t using %1$s o where t.ctid > o.ctid and t.airtable_record_id = o.airtable_record_id"
            .formatted(table));
    execute(
        "alter table %s add constraint %s unique (%s)"
            .formatted(
                table,
                index,
                table.equals("people") ? "client_id, airtable_record_id" : "airtable_record_id"));
    RunResult mended = world.sync(false);
    assertThat(mended.failure()).isNull();
    assertThat(mended.errorCount()).isZero();
    assertThat(world.row("people", person)).containsEntry("name", "Grace");
    assertThat(world.row("orders", order)).containsEntry("state", "paid");
  }

  @Test
  void a_second_row_that_comes_while_the_run_goes_on_fails_the_table_and_no_record() {
    String company = companies.create(Map.of("Name", "Acme"));
    String order = orders.create(Map.of("State", "open"));
    world.sync(true);
    companies.update(company, Map.of("Name", "Apex"));
    orders.update(order, Map.of("State", "paid"));
    String key = "companies_client_id_airtable_record_id_key";
    world
        .sandbox()
        .beforePage(
            1,
            () -> {
              execute("alter table crm.companies drop constraint " + key);
              execute(
                  "insert into crm.companies (client_id, airtable_record_id, name) select client_id, airtable_record_id, 'Acme' from crm.companies");
            });

    RunResult run = world.sync(false);

    assertThat(run.failure())
        .startsWith(
            "companies: crm.companies has no unique index on client_id, airtable_record_id");
    assertThat(world.rows(List.of("reconciler.dead_letter"))).isEmpty();
    assertThat(world.rows(List.of("crm.companies")))
        .hasSize(2)
        .allMatch(row -> row.contains("Acme"));
    assertThat(world.cell("Companies", company, "Name").asText()).isEqualTo("Apex");
    assertThat(world.row("orders", order)).containsEntry("state", "paid");

    execute("delete from crm.companies where id = (select max(id) from crm.companies)");
    execute(
        "alter table crm.companies add constraint %s unique (client_id, airtable_record_id)"
            .formatted(key));
    assertThat(world.sync(false).failure()).isNull();
    assertThat(world.row("crm.companies", company)).containsEntry("name", "Apex");
  }

  private static String other(String table, String person, String order) {
    return table.equals("people") ? order : person;
  }

  @Test
  void a_record_that_is_gone_from_a_table_without_a_column_for_it_is_remembered_as_gone() {
    String a = orders.create(Map.of("State", "open"));
    orders.create(Map.of("State", "open"));
    world.sync(true);
    orders.delete(a);

    RunResult run = world.sync(true);
    RunResult again = world.sync(true);

    assertThat(run.stage1().deactivated()).isOne();
    assertThat(again.stage1().deactivated()).isZero();
    orders.restore(a);
    assertThat(world.sync(true).errorCount()).isZero();
    assertThat(
            world
                .jdbc()
                .sql("select count(*) from reconciler.agreed_value where gone")
                .query(Long.class)
                .single())
        .isZero();
  }

  @Test
  void a_record_that_the_filter_leaves_out_is_gone_until_it_matches_again() {
    String order = orders.create(Map.of("State", "open", "Amount", 1));
    orders.create(Map.of("State", "open"));
    world.sync(true);

    orders.update(order, Map.of("State", "draft", "Amount", 2));
    RunResult without = world.sync(true);
    Map<String, Object> left = world.row("orders", order);
    orders.update(order, Map.of("State", "paid"));
    RunResult with = world.sync(false);

    assertThat(without.stage1().deactivated()).isOne();
    assertThat(left).hasEntrySatisfying("state", s -> assertThat(s).hasToString("open"));
    assertThat(left).containsEntry("amount", 1.0);
    assertThat(with.errorCount()).as("%s", with).isZero();
    assertThat(world.row("orders", order)).containsEntry("amount", 2.0);
    assertThat(world.row("orders", order))
        .hasEntrySatisfying("state", s -> assertThat(s).hasToString("paid"));
  }

  private void edit(String table, String recordId, String set) {
    world
        .jdbc()
        .sql(
            "update "
                + table
                + " set "
                + set
                + ", updated_at = now() - interval '2 minutes' where airtable_record_id = ?")
        .param(recordId)
        .update();
  }
}
