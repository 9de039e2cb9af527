package io.reconciler.engine.pull;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.engine.check.Preflight;
import io.reconciler.engine.run.RunRequest;
import io.reconciler.engine.run.RunResult;
import io.reconciler.engine.run.Trigger;
import io.reconciler.sandbox.table.SandboxField;
import io.reconciler.sandbox.table.SandboxTable;
import io.reconciler.settings.Settings;
import io.reconciler.world.SideBySide;
import io.reconciler.world.TablesWorld;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Links that are pointed at another table in Airtable than the mapping says. */
@SideBySide(SideBySide.Lane.COMMANDS)
class RepointedLinkTest {

  private static final String HEAD =
      """
      last_modified_field: Changed
      postgres: {client: client_id, created_at: created_at, updated_at: updated_at}
      """;
  private static final String NAME =
      "  - {column: name, type: text, airtable_field: Name, airtable_type: singleLineText,"
          + " conversion: text, owner: airtable}\n";
  private static final String COMPANIES = "table: Companies\n" + HEAD + "fields:\n" + NAME;
  private static final String PEOPLE = "table: People\n" + HEAD + "fields:\n" + NAME;
  private static final String ORDERS =
      "table: Orders\n"
          + HEAD
          + """
          groups:
            - {name: buyer, policy: newest}
          fields:
            - {column: company_id, type: bigint, airtable_field: Company, airtable_type: multipleRecordLinks, conversion: link, to: companies, owner: airtable}
            - {column: buyer_id, type: bigint, airtable_field: Buyer, airtable_type: multipleRecordLinks, conversion: link, to: companies, owner: portal, group: buyer}
          """
          + NAME;
  private static final String COLUMNS =
      """
      (id bigint generated always as identity primary key, client_id uuid, airtable_record_id text,
        name text, created_at timestamptz, updated_at timestamptz not null default now(),
        unique (client_id, airtable_record_id));
      """;
  private static final String DDL =
      ("create table companies " + COLUMNS)
          + ("create table people " + COLUMNS)
          + ("create table orders " + COLUMNS)
          + "alter table orders add company_id bigint, add buyer_id bigint;";
  private static final String OPEN =
      "select coalesce(string_agg(airtable_record_id || ' ' || field, ', ' order by field), '')"
          + " from reconciler.dead_letter where status = 'open'";
  private static final String WRONG =
      "all records: the field \"%s\" does not fit the column %s: it links to \"People\", the"
          + " mapping says to: companies; the column is left as it is until the field fits."
          + " `reconciler check` says what to do";

  @TempDir private Path folder;
  private TablesWorld world;
  private SandboxTable companies;
  private SandboxTable people;
  private SandboxTable orders;
  private String acme = "";
  private String bob = "";
  private final List<String> ids = new ArrayList<>();

  @BeforeEach
  void settled() {
    SandboxField name = SandboxField.of("Name", "singleLineText");
    SandboxField changed = SandboxField.lastModified("Changed");
    List<SandboxField> fields = List.of(name, changed);
    world =
        TablesWorld.open(
            folder,
            Map.of("companies", COMPANIES, "people", PEOPLE, "orders", ORDERS),
            DDL,
            new TreeMap<>(Map.of("Companies", fields, "People", fields, "Orders", fields)));
    companies = world.base().table("Companies");
    people = world.base().table("People");
    orders = world.base().table("Orders");
    orders.addLink("Company", companies, true, "Orders of");
    orders.addLink("Buyer", companies, true, "Bought");
    acme = companies.create(Map.of("Name", "Acme"));
    bob = people.create(Map.of("Name", "Bob"));
    for (int n = 0; n < 3; n++) {
      ids.add(
          orders.create(Map.of("Name", "o" + n, "Company", List.of(acme), "Buyer", List.of(acme))));
    }
    assertThat(world.sync(true).errorCount()).isZero();
    world.sandbox().clearLogs();
  }

  @AfterEach
  void close() {
    world.close();
  }

  @ParameterizedTest
  @CsvSource({"false,false", "false,true", "true,false", "true,true"})
  void no_column_is_emptied_and_the_next_run_fills_it_when_the_link_is_put_right(
      boolean anew, boolean full) {
    point("Company", people, bob, anew);

    RunResult dry = world.run(request(full, true));
    RunResult run = world.run(request(full, false));

    assertThat(run.stage1().errors())
        .containsExactly("orders: " + WRONG.formatted("Company", "company_id"));
    assertThat(dry.stage1()).isEqualTo(run.stage1());
    assertThat(run.stage1().updated()).isZero();
    assertThat(text(OPEN)).isEqualTo("* company_id");
    assertThat(linked("company_id")).isEqualTo("Acme Acme Acme");
    assertThat(check())
        .anyMatch(
            line ->
                line.startsWith(
                        "FAILED Company: multipleRecordLinks for company_id bigint: it links to \"People\", the mapping says to: companies")
                    && line.endsWith("correct \"to\" of the column company_id in the mapping"));

    String other = companies.create(Map.of("Name", "Looms"));
    point("Company", companies, acme, anew);
    quietly(() -> orders.update(ids.get(1), Map.of("Company", List.of(other))));

    RunResult back = world.run(request(full, false));

    assertThat(back.errorCount()).as("%s", back).isZero();
    assertThat(linked("company_id")).isEqualTo("Acme Looms Acme");
    assertThat(text(OPEN)).isEmpty();
    assertThat(check()).noneMatch(line -> line.startsWith("FAILED"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_link_of_the_portals_waits_with_what_it_changed_and_goes_over_to_the_right_one(
      boolean full) {
    String looms = companies.create(Map.of("Name", "Looms"));
    world.sync(false);
    world.sandbox().clearLogs();
    point("Buyer", people, bob, false);
    world
        .jdbc()
        .sql(
            "update orders set buyer_id = (select id from companies where name = 'Looms'),"
                + " updated_at = now() - interval '2 minutes' where name = 'o0'")
        .update();

    RunResult run = world.run(request(full, false));

    assertThat(run.stage1().errors())
        .containsExactly("orders: " + WRONG.formatted("Buyer", "buyer_id"));
    assertThat(run.stage2().updated()).isZero();
    assertThat(linked("buyer_id")).isEqualTo("Looms Acme Acme");
    assertThat(world.sandbox().writes()).isEmpty();

    point("Buyer", companies, null, false);
    world.jdbc().sql("update orders set updated_at = now() - interval '2 minutes'").update();
    RunResult back = world.run(request(full, false));

    assertThat(back.errorCount()).as("%s", back).isZero();
    assertThat(linked("buyer_id")).isEqualTo("Looms Acme Acme");
    assertThat(orders.cells(ids.get(0)).get("Buyer").get(0).asText()).isEqualTo(looms);
    assertThat(orders.cells(ids.get(1)).get("Buyer").get(0).asText()).isEqualTo(acme);
    assertThat(text(OPEN)).isEmpty();
  }

  /** Points a link at a table, by a field made anew or the same one; all link to that record. */
  private void point(String field, SandboxTable table, String record, boolean anew) {
    if (anew) {
      orders.removeField(field);
      orders.addField(linkTo(field, table));
    } else {
      orders.changeField(linkTo(field, table));
    }
    quietly(
        () ->
            ids.forEach(
                id ->
                    orders.update(
                        id, Map.of(field, record == null ? List.of() : List.of(record)))));
  }

  // Airtable need not count it as a modification of the records.
  private void quietly(Runnable change) {
    Map<String, Instant> before = new TreeMap<>();
    ids.forEach(id -> before.put(id, orders.modified(id)));
    change.run();
    before.forEach(orders::setModified);
  }

  private static SandboxField linkTo(String field, SandboxTable table) {
    return SandboxField.of(field, "multipleRecordLinks")
        .withOptions(Map.of("linkedTableId", table.id(), "prefersSingleRecordLink", true));
  }

  private static RunRequest request(boolean full, boolean dry) {
    return new RunRequest(Trigger.CLI, "test", 20, null, full, dry, false);
  }

  private String linked(String column) {
    return text(
        "select string_agg(coalesce(c.name, 'nobody'), ' ' order by o.name) from orders o left join"
            + " companies c on c.id = o."
            + column);
  }

  private List<String> check() {
    return new Preflight(
            Settings.read(name -> null, Set.of()),
            world.mappings(),
            world.database(),
            world.engine()::ask,
            Clock.systemUTC())
        .run().stream().map(line -> line.status() + " " + line.text() + line.fix()).toList();
  }

  private String text(String sql) {
    return world.jdbc().sql(sql).query(String.class).single();
  }
}
