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
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A table that is made anew, with other keys for its rows, while other tables hold the old ones:
 * some of them are the keys of other rows now.
 */
@SideBySide(SideBySide.Lane.COMMANDS)
class RemadeTargetsTest {

  private static final String HEAD =
      """
      last_modified_field: Changed
      postgres: {client: client_id, created_at: created_at, updated_at: updated_at}
      """;
  private static final String PEOPLE =
      "table: People\n"
          + HEAD
          + """
          groups:
            - {name: latest, policy: newest}
          fields:
            - {column: name, type: text, airtable_field: Name, airtable_type: singleLineText, conversion: text, owner: airtable}
            - {column: latest, type: bigint, airtable_field: Latest, airtable_type: multipleRecordLinks, conversion: link, to: orders, owner: portal, group: latest}
          """;
  private static final String ORDERS =
      "table: Orders\n"
          + HEAD
          + """
          groups:
            - {name: buyer, policy: newest}
            - {name: price, policy: newest}
          fields:
            - {column: name, type: text, airtable_field: Name, airtable_type: singleLineText, conversion: text, owner: airtable}
            - {column: payer, type: bigint, airtable_field: Payer, airtable_type: multipleRecordLinks, conversion: link, to: people, owner: airtable}
            - {column: buyer, type: bigint, airtable_field: Buyer, airtable_type: multipleRecordLinks, conversion: link, to: people, owner: portal, group: buyer}
            - {column: price, type: text, airtable_field: Price, airtable_type: singleLineText, conversion: text, owner: portal, group: price}
          """;
  private static final String COLUMNS =
      """
      (id bigint generated always as identity primary key, client_id uuid, airtable_record_id text,
        name text, created_at timestamptz, updated_at timestamptz not null default now(),
        unique (client_id, airtable_record_id));
      """;
  private static final String DDL =
      ("create table people " + COLUMNS)
          + ("create table orders " + COLUMNS)
          + """
          alter table people add latest bigint;
          alter table orders add payer bigint, add buyer bigint, add price text;
          """;
  private static final Instant OLD =
      Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(86_400);

  @TempDir private static Path folder;
  private static TablesWorld world;
  private static SandboxTable people;
  private static SandboxTable orders;

  private String ada = "";
  private String bob = "";
  private String one = "";
  private String two = "";
  private Map<String, Map<String, JsonNode>> records = Map.of();

  @BeforeAll
  static void open() {
    SandboxField name = SandboxField.of("Name", "singleLineText");
    SandboxField changed = SandboxField.lastModified("Changed");
    world =
        TablesWorld.open(
            folder,
            Map.of("people", PEOPLE, "orders", ORDERS),
            DDL,
            new TreeMap<>(
                Map.of(
                    "People",
                    List.of(name, changed),
                    "Orders",
                    List.of(name, SandboxField.of("Price", "singleLineText"), changed))));
    people = world.base().table("People");
    orders = world.base().table("Orders");
    people.addLink("Latest", orders, true, "Latest of");
    orders.addLink("Payer", people, true, "Paid");
    orders.addLink("Buyer", people, true, "Bought");
  }

  @AfterAll
  static void close() {
    world.close();
  }

  @BeforeEach
  void settledSoLongAgoThatNoWindowReachesBack() {
    world.fresh(List.of("orders", "people"));
    ada = people.create(Map.of("Name", "Ada"));
    bob = people.create(Map.of("Name", "Bob"));
    one = order("One", ada);
    two = order("Two", bob);
    people.update(ada, Map.of("Latest", List.of(one)));
    people.update(bob, Map.of("Latest", List.of(two)));
    List.of(ada, bob).forEach(id -> people.setModified(id, OLD));
    List.of(one, two).forEach(id -> orders.setModified(id, OLD));
    assertThat(world.sync(true).errorCount()).isZero();
    execute(
        "update people set updated_at = '"
            + OLD
            + "'; update orders set updated_at = '"
            + OLD
            + "'");
    assertThat(world.sync(true).stage1().updated()).isZero();
    assertThat(links()).isEqualTo("Ada>One Bob>Two One>Ada,Ada Two>Bob,Bob");
    records = airtable();
    world.sandbox().clearLogs();
  }

  @ParameterizedTest
  @ValueSource(strings = {"people", "orders"})
  void in_a_circle_links_follow_the_rows_whichever_of_the_tables_was_made_anew(String table) {
    remake(table);

    RunResult run = world.sync(false);

    assertThat(run.success()).as("%s", run).isTrue();
    assertSettled(run);
  }

  @Test
  void a_table_that_could_not_be_read_then_follows_as_soon_as_it_can() {
    remake("people");
    world
        .sandbox()
        .onRequest(
            request -> request.path().endsWith(orders.id()) || request.path().endsWith("Orders"),
            Fault.answer(403, "{\"error\":{\"type\":\"INVALID_PERMISSIONS\",\"message\":\"no\"}}")
                .always());
    RunResult without = world.sync(false);
    assertThat(without.failure()).startsWith("orders: ");
    assertThat(airtable()).isEqualTo(records);
    world.sandbox().clearFaults();

    RunResult run = world.sync(false);

    assertThat(run.stage2().updated()).isZero();
    assertSettled(run);
  }

  @Test
  void so_does_one_that_the_run_was_not_for() {
    remake("people");
    assertThat(world.run(request(false, false).withTables(List.of("people"))).success()).isTrue();

    RunResult dry = world.run(request(false, true));
    RunResult run = world.sync(false);

    assertThat(dry.stage1()).isEqualTo(run.stage1());
    assertThat(dry.stage2()).isEqualTo(run.stage2());
    assertSettled(run);
  }

  @Test
  void what_the_portal_changed_besides_is_sent_and_the_key_that_went_is_told() {
    remake("people");
    world.run(request(false, false).withTables(List.of("people")));
    execute("update orders set price = '10', updated_at = now() - interval '2 minutes'");

    RunResult run = world.sync(false);

    assertThat(run.stage2().updated()).isEqualTo(2);
    for (String id : List.of(one, two)) {
      assertThat(orders.cells(id).get("Price").asText()).isEqualTo("10");
      assertThat(orders.cells(id).get("Buyer")).isEqualTo(records.get(id).get("Buyer"));
    }
    assertThat(links()).isEqualTo("Ada>One Bob>Two One>Ada,Ada Two>Bob,Bob");
    // One key is that of somebody without a record now, the other one that of another person.
    assertThat(run.stage1().errors())
        .hasSize(2)
        .allMatch(
            text ->
                text.contains(
                    "column buyer: holds a key that may be from before people was made anew"))
        .anyMatch(text -> text.contains("and is now the one of rec"));
    world.sandbox().clearLogs();
    assertThat(world.sync(true).stage1().updated()).isZero();
    assertThat(world.sandbox().writes()).isEmpty();
    assertThat(count("reconciler.dead_letter where status = 'open'")).isEqualTo(2);
  }

  @Test
  void one_that_came_back_whole_costs_no_listing() {
    execute("create table made_anew (like people including all)");
    execute("insert into made_anew overriding system value select * from people");
    execute("drop table people");
    execute("alter table made_anew rename to people");

    assertThat(world.sync(false).errorCount()).isZero();

    assertThat(links()).isEqualTo("Ada>One Bob>Two One>Ada,Ada Two>Bob,Bob");
    assertQuiet();
  }

  private void assertSettled(RunResult run) {
    assertThat(run.errorCount()).as("%s", run).isZero();
    assertThat(run.stage2().conflicts()).isZero();
    assertThat(links()).isEqualTo("Ada>One Bob>Two One>Ada,Ada Two>Bob,Bob");
    assertThat(airtable()).isEqualTo(records);
    assertThat(world.sandbox().writes()).isEmpty();
    assertThat(count("reconciler.conflict")).isZero();
    assertThat(count("reconciler.dead_letter where status <> 'closed'")).isZero();
    assertQuiet();
  }

  /** The next run lists the window of each table, and nothing is found in it. */
  private static void assertQuiet() {
    world.sandbox().clearLogs();
    RunResult idle = world.sync(false);
    assertThat(idle.stage1().recordsProcessed()).isZero();
    assertThat(idle.stage2().recordsProcessed()).isZero();
    assertThat(world.sandbox().requests()).hasSize(2);
  }

  private static RunRequest request(boolean full, boolean dryRun) {
    return new RunRequest(Trigger.CLI, "test", 20, null, full, dryRun, false);
  }

  private static String order(String name, String person) {
    return orders.create(
        Map.of("Name", name, "Price", "9", "Payer", List.of(person), "Buyer", List.of(person)));
  }

  /** Another table in its place, a row of which takes the first key: all others move on by one. */
  private static void remake(String table) {
    execute("create table made_anew (like " + table + " including all)");
    execute("drop table " + table);
    execute("alter table made_anew rename to " + table);
    world
        .jdbc()
        .sql("insert into " + table + " (client_id, name) values (?, 'Nobody')")
        .param(world.clientId())
        .update();
  }

  /** Whom each row points at, by their names. */
  private static String links() {
    return world
        .jdbc()
        .sql(
            "select string_agg(line, ' ' order by line) from (select p.name || '>' || o.name as line"
                + " from people p join orders o on o.id = p.latest union all select o.name || '>'"
                + " || p.name || ',' || b.name from orders o join people p on p.id = o.payer join"
                + " people b on b.id = o.buyer) x")
        .query(String.class)
        .single();
  }

  private static Map<String, Map<String, JsonNode>> airtable() {
    Map<String, Map<String, JsonNode>> cells = new TreeMap<>();
    for (SandboxTable table : List.of(people, orders)) {
      table.ids().forEach(id -> cells.put(id, Map.copyOf(table.cells(id))));
    }
    return cells;
  }

  private static long count(String what) {
    return world.jdbc().sql("select count(*) from " + what).query(Long.class).single();
  }

  private static void execute(String sql) {
    world.jdbc().sql(sql).update();
  }
}
