package io.reconciler.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.decide.ConflictPolicy;
import io.reconciler.sandbox.Fault;
import io.reconciler.sandbox.LoggedRequest;
import io.reconciler.sandbox.table.SandboxField;
import io.reconciler.sandbox.table.SandboxTable;
import io.reconciler.world.SideBySide;
import io.reconciler.world.TablesWorld;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The first run over linked tables, one of which the guard stops. */
@SideBySide(SideBySide.Lane.COMMANDS)
class FirstRunOfTablesTest {

  private static final String HEAD =
      """
      last_modified_field: Changed
      postgres:
        client: client_id
        created_at: created_at
        updated_at: updated_at
      """;
  private static final String COMPANIES =
      "table: Companies\n"
          + HEAD
          + """
      groups:
        - {name: rating, policy: newest}
      fields:
        - {column: name, type: text, airtable_field: Name, airtable_type: singleLineText, conversion: text, owner: airtable}
        - {column: rating, type: text, airtable_field: Rating, airtable_type: singleLineText, conversion: text, owner: portal, group: rating}
      """;
  private static final String PEOPLE =
      "table: People\n"
          + HEAD
          + """
      groups:
        - {name: rating, policy: newest}
        - {name: boss, policy: newest}
      fields:
        - {column: name, type: text, airtable_field: Name, airtable_type: singleLineText, conversion: text, owner: airtable}
        - {column: rating, type: text, airtable_field: Rating, airtable_type: singleLineText, conversion: text, owner: portal, group: rating}
        - {column: company, type: uuid, airtable_field: Company, airtable_type: multipleRecordLinks, conversion: link, to: companies, owner: airtable}
        - {column: boss, type: uuid, airtable_field: Boss, airtable_type: multipleRecordLinks, conversion: link, to: people, owner: portal, group: boss}
      """;
  private static final String ORDERS =
      "table: Orders\n"
          + HEAD
          + """
      groups:
        - {name: rating, policy: newest}
      fields:
        - {column: name, type: text, airtable_field: Name, airtable_type: singleLineText, conversion: text, owner: airtable}
        - {column: rating, type: text, airtable_field: Rating, airtable_type: singleLineText, conversion: text, owner: portal, group: rating}
        - {column: buyer, type: uuid, airtable_field: Buyer, airtable_type: multipleRecordLinks, conversion: link, to: people, owner: airtable}
      """;
  private static final String COLUMNS =
      """
      (id uuid primary key default gen_random_uuid(), client_id uuid, airtable_record_id text, name text,
        rating text, created_at timestamptz, updated_at timestamptz not null default now(),
        unique (client_id, airtable_record_id));
      """;
  private static final String DDL =
      ("create table companies " + COLUMNS)
          + ("create table people " + COLUMNS)
          + ("create table orders " + COLUMNS)
          + """
          alter table people add company uuid references companies, add boss uuid references people;
          alter table orders add buyer uuid references people;
          """;
  private static final List<String> TABLES = List.of("orders", "people", "companies");

  @TempDir private static Path folder;
  private static TablesWorld world;
  private static SandboxTable companies;
  private static SandboxTable people;
  private static SandboxTable orders;

  private final List<String> ids = new ArrayList<>();

  @BeforeAll
  static void open() {
    List<SandboxField> fields =
        List.of(
            SandboxField.of("Name", "singleLineText"),
            SandboxField.of("Rating", "singleLineText"),
            SandboxField.lastModified("Changed"));
    world =
        TablesWorld.open(
            folder,
            Map.of("companies", COMPANIES, "people", PEOPLE, "orders", ORDERS),
            DDL,
            new TreeMap<>(Map.of("Companies", fields, "People", fields, "Orders", fields)));
    companies = world.base().table("Companies");
    people = world.base().table("People");
    orders = world.base().table("Orders");
    people.addLink("Company", companies, true, "Staff");
    people.addLink("Boss", people, true, "Reports");
    orders.addLink("Buyer", people, true, "Orders");
  }

  @AfterAll
  static void close() {
    world.close();
  }

  @BeforeEach
  void twelvePeopleOfACompanyWithAnOrder() {
    world.fresh(TABLES);
    String acme = companies.create(Map.of("Name", "Acme", "Rating", "good"));
    for (int i = 0; i < 12; i++) {
      ids.add(
          people.create(Map.of("Name", "No " + i, "Rating", "theirs", "Company", List.of(acme))));
    }
    orders.create(Map.of("Name", "Order", "Buyer", List.of(ids.get(0))));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void the_guard_of_one_table_keeps_all_from_being_written(boolean full) {
    ids.forEach(id -> row("people", id, "ours"));
    List<String> before = stored();
    Map<String, Map<String, JsonNode>> airtable = airtable();

    ClientOutcome outcome = run(request(full, false));

    RunResult run = outcome.result();
    assertThat(outcome.outcome()).isEqualTo(RunOutcome.STOPPED);
    assertThat(run.failure())
        .contains("people: 12 of 12 leads differ", "12 another one on each side")
        .contains("companies, orders: nothing was written either, because the guard stopped people")
        .containsOnlyOnce("nothing was written either");
    assertThat(run.errorCount()).isZero();
    assertThat(run.stage1().recordsProcessed()).isZero();
    assertThat(run.tables())
        .allSatisfy(table -> assertThat(table.failure()).contains("nothing was written"));
    assertThat(stored()).isEqualTo(before).hasSize(12);
    assertThat(airtable()).isEqualTo(airtable);
    assertThat(world.sandbox().writes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_dry_run_names_the_table_that_the_run_names(boolean full) {
    // To somebody who has no row yet: all that differs is a link of the table to itself.
    String boss = people.create(Map.of("Name", "Boss"));
    ids.forEach(id -> people.update(id, Map.of("Boss", List.of(boss))));
    ids.forEach(id -> row("people", id, "theirs"));
    List<String> before = stored();

    RunResult dry = run(request(full, true)).result();
    RunResult real = run(request(full, false)).result();

    assertThat(dry.failure()).startsWith("people: 12 of 12 leads differ");
    assertThat(real.failure()).contains(dry.failure());
    assertThat(stored()).isEqualTo(before);
    assertThat(world.sandbox().writes()).isEmpty();
  }

  @Test
  void once_it_is_told_whose_values_count_all_tables_arrive() {
    ids.forEach(id -> row("people", id, "ours"));
    assertThat(run(request(true, false)).outcome()).isEqualTo(RunOutcome.STOPPED);

    RunResult run = run(request(true, false).withFirst(ConflictPolicy.PORTAL)).result();

    assertThat(run.success()).as("%s", run).isTrue();
    assertThat(run.errorCount()).as("%s", run).isZero();
    assertThat(ids).allMatch(id -> world.cell("People", id, "Rating").asText().equals("ours"));
    assertThat(count("people where company is not null and rating = 'ours'")).isEqualTo(12);
    assertThat(count("orders join people on buyer = people.id")).isOne();
    assertThat(count("companies where rating = 'good'")).isOne();
    assertThat(run(request(true, false)).result().stage2().updated()).isZero();
  }

  @Test
  void only_the_table_that_may_be_stopped_is_listed_twice_and_no_link_is_followed_for_it() {
    ids.forEach(id -> row("people", id, "theirs"));
    world.sandbox().clearLogs();

    RunResult run = run(request(true, false)).result();

    assertThat(run.success()).as("%s", run).isTrue();
    Map<String, Long> listings =
        world.sandbox().requests().stream()
            .map(LoggedRequest::path)
            .filter(path -> !path.contains("meta"))
            .collect(Collectors.groupingBy(FirstRunOfTablesTest::table, Collectors.counting()));
    assertThat(listings).isEqualTo(Map.of("Companies", 1L, "People", 2L, "Orders", 1L));
    assertThat(count("people where company is not null and rating = 'theirs'")).isEqualTo(12);
    assertThat(world.sandbox().writes()).isEmpty();
  }

  @Test
  void a_table_that_was_loaded_before_goes_on_beside_one_that_is_stopped() {
    assertThat(run(only("companies")).result().success()).isTrue();
    ids.forEach(id -> row("people", id, "ours"));
    String young = companies.create(Map.of("Name", "Young"));

    ClientOutcome outcome = run(request(true, false));

    assertThat(outcome.outcome()).isEqualTo(RunOutcome.STOPPED);
    assertThat(outcome.result().failure())
        .startsWith("people: 12 of 12 leads differ")
        .contains("orders: nothing was written either");
    assertThat(outcome.result().errorCount()).isZero();
    assertThat(world.row("companies", young)).containsEntry("name", "Young");
    assertThat(count("people where company is null and rating = 'ours'")).isEqualTo(12);
    assertThat(count("orders")).isZero();
    assertThat(world.sandbox().writes()).isEmpty();
  }

  @Test
  void a_table_that_can_not_be_looked_at_fails_alone() {
    ids.forEach(id -> row("people", id, "ours"));
    world
        .sandbox()
        .onRequest(
            request -> table(request.path()).equals("People"),
            Fault.answer(403, "{\"error\":{\"type\":\"INVALID_PERMISSIONS\",\"message\":\"no\"}}")
                .always());

    ClientOutcome outcome = run(request(true, false));

    assertThat(outcome.outcome()).isEqualTo(RunOutcome.FAILED);
    assertThat(outcome.result().failure()).startsWith("people: ").contains("403");
    assertThat(count("people where company is null and rating = 'ours'")).isEqualTo(12);
    assertThat(count("companies where rating = 'good'")).isOne();
    assertThat(count("orders where buyer is not null")).isOne();
    assertThat(world.sandbox().writes()).isEmpty();
  }

  private static RunRequest request(boolean full, boolean dryRun) {
    return new RunRequest(Trigger.CLI, "test", 20, null, full, dryRun, false);
  }

  private static RunRequest only(String table) {
    return request(true, false).withTables(List.of(table));
  }

  private static ClientOutcome run(RunRequest request) {
    return world.engine().reconcile(request, ProgressListener.NONE).get(0);
  }

  /** A row of the portal's, tied to its record and never reconciled. */
  private static void row(String table, String recordId, String rating) {
    world
        .jdbc()
        .sql(
            "insert into "
                + table
                + " (client_id, airtable_record_id, rating, updated_at)"
                + " values (?, ?, ?, now() - interval '2 minutes')")
        .params(world.clientId(), recordId, rating)
        .update();
  }

  private static List<String> stored() {
    List<String> all = new ArrayList<>(TABLES);
    all.addAll(List.of("reconciler.agreed_value", "reconciler.dead_letter", "reconciler.conflict"));
    return world.rows(all);
  }

  private static Map<String, Map<String, JsonNode>> airtable() {
    Map<String, Map<String, JsonNode>> cells = new TreeMap<>();
    for (SandboxTable table : List.of(companies, people, orders)) {
      table.ids().forEach(id -> cells.put(id, Map.copyOf(table.cells(id))));
    }
    return cells;
  }

  private static long count(String what) {
    return world.jdbc().sql("select count(*) from " + what).query(Long.class).single();
  }

  // By name or by id.
  private static String table(String path) {
    return List.of(companies, people, orders).stream()
        .filter(table -> path.endsWith(table.name()) || path.endsWith(table.id()))
        .findFirst()
        .map(SandboxTable::name)
        .orElse(path);
  }
}
