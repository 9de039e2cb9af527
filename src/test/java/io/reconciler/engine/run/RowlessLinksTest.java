package io.reconciler.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.cli.ExitCode;
import io.reconciler.engine.verify.VerifyOutcome;
import io.reconciler.program.command.CommandAnswer;
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
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Links of the portal's whose keys have no row, or a row without a record. */
@SideBySide(SideBySide.Lane.COMMANDS)
class RowlessLinksTest {

  private static final String POSTGRES =
      """
      last_modified_field: Changed
      postgres: {client: client_id, created_at: created_at, updated_at: updated_at}
      """;
  private static final String PEOPLE =
      "table: People\n"
          + POSTGRES
          + """
          groups:
            - {name: boss, policy: newest}
          fields:
            - {column: name, type: text, airtable_field: Name, airtable_type: singleLineText, conversion: text, owner: airtable}
            - {column: boss, type: uuid, airtable_field: Boss, airtable_type: multipleRecordLinks, conversion: link, to: people, owner: portal, group: boss}
          """;
  private static final String ORDERS =
      "table: Orders\n"
          + POSTGRES
          + """
          groups:
            - {name: buyer, policy: newest}
            - {name: seen, policy: portal}
            - {name: deal, policy: newest}
          fields:
            - {column: name, type: text, airtable_field: Name, airtable_type: singleLineText, conversion: text, owner: airtable}
            - {column: payer, type: uuid, airtable_field: Payer, airtable_type: multipleRecordLinks, conversion: link, to: people, owner: airtable}
            - {column: buyer, type: uuid, airtable_field: Buyer, airtable_type: multipleRecordLinks, conversion: link, to: people, owner: portal, group: buyer}
            - {column: seen, type: "uuid[]", airtable_field: Seen, airtable_type: multipleRecordLinks, conversion: link, to: people, owner: portal, group: seen}
            - {column: partner, type: uuid, airtable_field: Partner, airtable_type: multipleRecordLinks, conversion: link, to: people, owner: portal, group: deal}
            - {column: price, type: text, airtable_field: Price, airtable_type: singleLineText, conversion: text, owner: portal, group: deal}
          """;
  private static final String DDL =
      """
      create table people (id uuid primary key, client_id uuid, airtable_record_id text, name text,
        boss uuid, created_at timestamptz, updated_at timestamptz not null default now(),
        unique (client_id, airtable_record_id));
      create table orders (id uuid primary key, client_id uuid, airtable_record_id text, name text,
        payer uuid, buyer uuid, seen uuid[], partner uuid, price text, created_at timestamptz,
        updated_at timestamptz not null default now(), unique (client_id, airtable_record_id));
      """;
  private static final UUID NOBODY = UUID.fromString("00000000-0000-4000-8000-000000000001");

  /** Before the edits of the tests, which are past their grace period. */
  private static final Instant OLD =
      Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(600);

  @TempDir private static Path folder;
  private static TablesWorld world;
  private static SandboxTable people;
  private static SandboxTable orders;

  private String ada = "";
  private String bob = "";
  private String order = "";

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
    people.addLink("Boss", people, true, "Staff");
    orders.addLink("Payer", people, true, "Paid");
    orders.addLink("Buyer", people, true, "Bought");
    orders.addLink("Seen", people, false, "Saw");
    orders.addLink("Partner", people, true, "Deals");
  }

  @BeforeEach
  void fresh() {
    world.fresh(List.of("orders", "people"));
    ada = people.create(Map.of("Name", "Ada"));
    bob = people.create(Map.of("Name", "Bob", "Boss", List.of(ada)));
    order =
        orders.create(
            Map.of(
                "Name",
                "One",
                "Payer",
                List.of(ada),
                "Buyer",
                List.of(ada),
                "Seen",
                List.of(bob, ada),
                "Partner",
                List.of(ada),
                "Price",
                "9"));
    List.of(ada, bob).forEach(id -> people.setModified(id, OLD));
    orders.setModified(order, OLD);
    assertThat(world.sync(true).errorCount()).isZero();
    world
        .jdbc()
        .sql(
            "update people set updated_at = ?; update orders set updated_at = ?"
                .replace("?", "'" + OLD + "'"))
        .update();
    assertThat(world.sync(true).stage1().updated()).isZero();
  }

  @AfterAll
  static void close() {
    world.close();
  }

  @Test
  void a_target_that_can_not_be_written_is_not_read_anew_for_each_record_that_points_at_it() {
    String eve = people.create(Map.of("Name", "Eve"));
    world
        .jdbc()
        .sql(
            """
            create function no_eve() returns trigger language plpgsql as
              $$ begin return case when new.airtable_record_id = '%s' then null else new end; end $$;
            create trigger no_eve before insert on people for each row execute function no_eve();
            """
                .formatted(eve))
        .update();
    try {
      people.setModified(eve, OLD.minusSeconds(3600));
      String first = orders.create(Map.of("Name", "Two", "Payer", List.of(eve)));
      world.sync(false);
      assertThat(attempts(eve)).isEqualTo(1);

      orders.update(first, Map.of("Name", "Twice"));
      orders.create(Map.of("Name", "Three", "Payer", List.of(eve)));
      people.setModified(eve, OLD.minusSeconds(3600));
      world.sandbox().clearLogs();
      RunResult run = world.sync(false);

      assertThat(run.airtableRequests()).isEqualTo(2);
      assertThat(attempts(eve)).isEqualTo(1);
      assertThat(world.row("orders", first))
          .containsEntry("name", "Twice")
          .containsEntry("payer", null);
      assertThat(world.cell("Orders", first, "Payer")).hasToString("[\"" + eve + "\"]");

      world.jdbc().sql("drop function no_eve cascade").update();
      CommandAnswer retried =
          CommandAnswer.to(world.environment(), "", "dead-letters", "retry", "--all");
      assertThat(world.sync(false).errorCount()).as(retried.out()).isZero();
      assertThat(world.row("orders", first)).containsEntry("payer", key(eve));
      assertThat(
              world
                  .jdbc()
                  .sql("select count(*) from reconciler.dead_letter where status = 'open'")
                  .query(Long.class)
                  .single())
          .isZero();
    } finally {
      world.jdbc().sql("drop function if exists no_eve cascade").update();
    }
  }

  private static long attempts(String record) {
    return world
        .jdbc()
        .sql("select attempts from reconciler.dead_letter where airtable_record_id = ?")
        .param(record)
        .query(Long.class)
        .single();
  }

  @Test
  void links_follow_a_row_that_came_back_under_another_key_and_nothing_goes_to_airtable() {
    Object before = key(ada);
    world.jdbc().sql("delete from people where airtable_record_id = ?").param(ada).update();

    RunResult run = twice(true);

    assertThat(run.errorCount()).as("%s", run).isZero();
    assertThat(run.stage1().inserted()).isOne();
    assertThat(key(ada)).isNotEqualTo(before);
    assertThat(links()).isEqualTo("Ada|Ada|Bob,Ada|Ada");
    assertThat(world.row("people", bob)).containsEntry("boss", key(ada));
    assertThat(cells()).isEqualTo("Ada|Ada|Bob,Ada|Ada|9");
    assertThat(letters()).isEmpty();
    assertQuiet();
  }

  @Test
  void what_the_portal_changed_besides_is_sent_and_the_key_that_went_is_told() {
    UUID before = key(ada);
    world.jdbc().sql("delete from people where airtable_record_id = ?").param(ada).update();
    edit("orders", order, "price = '10'");

    RunResult dry = run(true, true);
    RunResult run = world.sync(true);

    assertSame(dry, run);
    assertThat(run.stage2().updated()).isOne();
    assertThat(links()).isEqualTo("Ada|Ada|Bob,Ada|Ada");
    assertThat(cells()).isEqualTo("Ada|Ada|Bob,Ada|Ada|10");
    assertThat(letters()).containsExactly("pull buyer open", "pull partner open", "pull seen open");
    assertThat(run.stage2().errors().toString() + run.stage1().errors())
        .contains(order + ", column buyer: links key " + before + ", which has no row in people; ");
    world.sync(true);
    // What was replaced can't go through any more: only a person can say that it need not.
    assertThat(letters()).containsExactly("pull buyer open", "pull partner open", "pull seen open");
    world.sandbox().clearLogs();
    CommandAnswer retried =
        CommandAnswer.to(world.environment(), "", "dead-letters", "retry", "--all");
    assertThat(retried.code()).isEqualTo(ExitCode.RECORD_ERRORS);
    assertThat(retried.out() + retried.err())
        .contains("Airtable's value has taken its place, so there is nothing to try");
    assertThat(world.sandbox().requests()).isEmpty();
    assertThat(letters()).containsExactly("pull buyer open", "pull partner open", "pull seen open");
    assertQuiet();
  }

  @Test
  void airtables_edit_of_a_link_whose_row_went_is_taken_whatever_the_policy() {
    world.jdbc().sql("delete from people where airtable_record_id = ?").param(ada).update();
    orders.update(order, Map.of("Buyer", List.of(), "Seen", List.of(bob)));

    RunResult run = twice(false);

    assertThat(run.stage2().conflicts()).isZero();
    assertThat(links()).isEqualTo("Ada|-|Bob|Ada");
    assertThat(cells()).isEqualTo("Ada|-|Bob|Ada|9");
    assertThat(letters()).isEmpty();
    assertThat(world.sandbox().writes()).isEmpty();
    world.sync(true);
    assertQuiet();
  }

  @Test
  void a_key_that_never_had_a_row_is_a_dead_letter_until_one_side_says_otherwise() {
    orders.update(order, Map.of("Buyer", List.of(), "Seen", List.of()));
    world.sync(false);
    edit("orders", order, "buyer = '%s', seen = '{%1$s}'".formatted(NOBODY));

    RunResult dry = run(false, true);
    RunResult run = world.sync(false);

    assertSame(dry, run);
    assertThat(run.stage2().errors())
        .hasSize(2)
        .allSatisfy(
            text ->
                assertThat(text)
                    .contains(order, "links key " + NOBODY + ", which has no row in people"));
    assertThat(letters()).containsExactly("push buyer open", "push seen open");
    assertThat(causes()).isEqualTo("dead-letter");
    assertThat(cells()).isEqualTo("Ada|-|-|Ada|9");
    assertThat(world.sync(false).errorCount()).isZero();

    orders.update(order, Map.of("Buyer", List.of(bob)));
    world
        .jdbc()
        .sql("insert into people (id, client_id, airtable_record_id, name) values (?, ?, ?, 'Eve')")
        .params(NOBODY, world.clientId(), people.create(Map.of("Name", "Eve")))
        .update();
    RunResult settled = world.sync(false);

    assertThat(settled.stage2().conflicts()).isOne();
    assertThat(links()).isEqualTo("Ada|Bob|Eve|Ada");
    assertThat(cells()).isEqualTo("Ada|Bob|Eve|Ada|9");
    world.sync(true);
    assertThat(letters()).isEmpty();
    assertQuiet();
  }

  @Test
  void airtables_edit_goes_over_a_key_without_a_row_that_the_portal_wrote_and_both_are_kept() {
    edit("orders", order, "buyer = '%s', seen = seen || '%1$s'::uuid".formatted(NOBODY));
    orders.update(order, Map.of("Buyer", List.of(bob)));

    RunResult dry = run(false, true);
    RunResult run = world.sync(false);

    assertSame(dry, run);
    assertThat(links()).isEqualTo("Ada|Bob|Bob,Ada|Ada");
    assertThat(cells()).isEqualTo("Ada|Bob|Bob,Ada|Ada|9");
    assertThat(letters()).containsExactly("pull buyer open", "pull seen open");
    assertThat(
            world
                .jdbc()
                .sql("select payload ->> 'value' from reconciler.dead_letter order by field")
                .query(String.class)
                .list())
        .allSatisfy(value -> assertThat(value).contains(NOBODY.toString()));
    world.sync(true);
    assertThat(letters()).containsExactly("pull buyer open", "pull seen open");
    assertQuiet();
  }

  @Test
  void an_element_that_is_null_is_no_edit() {
    edit("orders", order, "seen = array[null, seen[1], null, seen[2]]");

    RunResult run = twice(true);

    assertThat(run.errorCount()).isZero();
    assertThat(world.row("orders", order).get("seen"))
        .hasToString("{NULL,%s,NULL,%s}".formatted(key(bob), key(ada)));
    orders.update(order, Map.of("Seen", List.of()));
    world.sync(false);
    edit("orders", order, "seen = array[null, null]::uuid[]");
    run = twice(true);
    assertThat(run.stage2().recordsProcessed()).isZero();
    assertThat(cells()).isEqualTo("Ada|Ada|-|Ada|9");
    assertQuiet();
  }

  @Test
  void a_link_that_waits_for_a_record_is_in_grace_in_every_run_and_asks_for_nothing() {
    born();
    edit("orders", order, "buyer = '%s', seen = seen || '%1$s'::uuid".formatted(NOBODY));

    for (boolean full : List.of(false, false, true)) {
      RunResult dry = run(full, true);
      world.sandbox().clearLogs();
      RunResult run = world.sync(full);
      assertSame(dry, run);
      assertThat(run.errorCount()).as("%s", run).isZero();
      assertThat(run.stage2().skippedBy().grace()).isOne();
      assertThat(world.sandbox().writes()).isEmpty();
    }
    assertThat(cells()).isEqualTo("Ada|Ada|Bob,Ada|Ada|9");
    assertThat(causes()).isEqualTo("pending");

    arrives();
    assertThat(world.sync(false).stage2().updated()).isOne();

    assertThat(links()).isEqualTo("Ada|Eve|Bob,Ada,Eve|Ada");
    assertThat(cells()).isEqualTo("Ada|Eve|Bob,Ada,Eve|Ada|9");
    // What it points at counts as modified in Airtable by that.
    world.sync(true);
    assertQuiet();
  }

  @Test
  void an_edit_of_airtables_meanwhile_is_a_conflict_that_the_policy_decides() {
    born();
    edit("orders", order, "buyer = '%s', seen = array['%1$s'::uuid]".formatted(NOBODY));
    world.sync(false);
    orders.update(order, Map.of("Buyer", List.of(bob), "Seen", List.of(bob)));

    RunResult dry = run(false, true);
    RunResult run = world.sync(false);

    assertSame(dry, run);
    assertThat(run.stage2().conflicts()).isEqualTo(2);
    assertThat(ledger()).containsExactly("buyer airtable open", "seen portal open");
    assertThat(links()).isEqualTo("Ada|Bob|Eve|Ada");
    assertThat(cells()).isEqualTo("Ada|Bob|Bob|Ada|9");
    assertThat(world.sync(false).stage2().conflicts()).isZero();

    arrives();
    world.sync(false);
    assertThat(cells()).isEqualTo("Ada|Bob|Eve|Ada|9");
    assertThat(ledger()).hasSize(2);
    // What it points at counts as modified in Airtable by that.
    world.sync(true);
    assertQuiet();
  }

  @Test
  void nobody_is_shown_how_the_engine_writes_such_a_link() {
    born();
    edit("orders", order, "buyer = '%s', seen = array['%1$s'::uuid]".formatted(NOBODY));
    world.sync(false);
    orders.update(order, Map.of("Buyer", List.of(bob), "Seen", List.of(bob)));
    String plan = said("sync", "--dry-run", "--all");
    world.sync(false);
    edit("orders", order, "partner = '00000000-0000-4000-8000-000000000002'");

    String waits = "not in Airtable yet: " + NOBODY;
    assertThat(plan)
        .contains("PostgreSQL not in Airtable yet: 0", ": " + waits + " -> [\"" + bob + "\"]");
    assertThat(said("verify"))
        .contains("seen: [\"" + bob + "\"] in Airtable, " + waits + " in PostgreSQL (pending)")
        .contains("without a row: 00000000-0000-4000-8000-000000000002 in PostgreSQL");
    assertThat(said("conflicts", "list")).contains("not in Airtable yet");
    String id = id("buyer");
    assertThat(said("conflicts", "show", id)).contains("buyer             " + waits);
    assertThat(said("conflicts", "apply", id))
        .contains(
            "the portal's value can't be sent to Airtable, so it can't be applied: buyer points at"
                + " a row of people that has no record in Airtable yet")
        .doesNotContain("Airtable's value");
    orders.update(order, Map.of("Seen", List.of(ada)));
    assertThat(said("conflicts", "apply", id("seen"))).contains("moved on", waits);
    assertThat(links()).isEqualTo("Ada|Bob|Eve|-");
    assertThat(cells()).isEqualTo("Ada|Bob|Ada|Ada|9");
    orders.update(order, Map.of("Partner", List.of()));
    world.sync(false);
    edit("orders", order, "partner = '00000000-0000-4000-8000-000000000003'");
    world.sync(false);
    assertThat(said("dead-letters", "list")).contains("partner: links ke");
    assertThat(said("dead-letters", "show", letter("push")))
        .contains("links key 00000000-0000-4000-8000-000000000003, which has no row in people")
        .contains("without a row: 00000000-0000-4000-8000-000000000003");
    assertThat(said("dead-letters", "show", letter("pull")))
        .contains("[\"00000000-0000-4000-8000-000000000002\"]");
    assertThat(links()).isEqualTo("Ada|Bob|Eve|-");
    assertThat(cells()).isEqualTo("Ada|Bob|Ada|-|9");
  }

  private static String said(String... command) {
    CommandAnswer answer = CommandAnswer.to(world.environment(), "", command);
    String all = answer.out() + answer.err();
    assertThat(all).doesNotContain("@waits", "@rowless", "@written");
    return all;
  }

  private static String id(String group) {
    return world
        .jdbc()
        .sql("select cast(id as text) from reconciler.conflict where field_group = ?")
        .param(group)
        .query(String.class)
        .single();
  }

  private static String letter(String stage) {
    return world
        .jdbc()
        .sql("select cast(id as text) from reconciler.dead_letter where stage = ?")
        .param(stage)
        .query(String.class)
        .single();
  }

  /** A row of the portal's, without a record. */
  private static void born() {
    world
        .jdbc()
        .sql("insert into people (id, client_id, name) values (?, ?, 'Eve')")
        .params(NOBODY, world.clientId())
        .update();
  }

  private static void arrives() {
    world
        .jdbc()
        .sql("update people set airtable_record_id = ? where id = ?")
        .params(people.create(Map.of("Name", "Eve")), NOBODY)
        .update();
  }

  private static RunResult run(boolean full, boolean dry) {
    return world.run(new RunRequest(Trigger.CLI, "test", 20, null, full, dry, false));
  }

  /** A run that sends nothing, and the dry run before it, which has the same result. */
  private static RunResult twice(boolean full) {
    List<String> before = world.rows(TABLES);
    world.sandbox().clearLogs();
    RunResult dry = run(full, true);
    assertThat(world.rows(TABLES)).isEqualTo(before);
    RunResult real = world.sync(full);
    assertSame(dry, real);
    assertThat(world.sandbox().writes()).isEmpty();
    return real;
  }

  private static final List<String> TABLES =
      List.of(
          "people",
          "orders",
          "reconciler.agreed_value",
          "reconciler.dead_letter",
          "reconciler.conflict");

  private static void assertSame(RunResult dry, RunResult real) {
    assertThat(real.success()).as("%s", real).isTrue();
    assertThat(dry.stage1()).isEqualTo(real.stage1());
    assertThat(dry.stage2()).isEqualTo(real.stage2());
  }

  /** Two more runs of all write nothing, and a comparison finds nothing. */
  private static void assertQuiet() {
    world.sandbox().clearLogs();
    List<String> before = world.rows(TABLES);
    assertThat(world.sync(true).errorCount()).isZero();
    assertThat(world.sync(false).errorCount()).isZero();
    assertThat(world.rows(TABLES)).isEqualTo(before);
    assertThat(world.sandbox().writes()).isEmpty();
    assertThat(causes()).isEmpty();
  }

  private static String causes() {
    StringBuilder causes = new StringBuilder();
    for (VerifyOutcome outcome :
        world
            .engine()
            .verify(
                new RunRequest(Trigger.CLI, "test", 20, null, true, true, false),
                ProgressListener.NONE)) {
      outcome
          .result()
          .causes()
          .forEach((cause, count) -> causes.append(count > 0 ? cause.label() : ""));
    }
    return causes.toString();
  }

  private static List<String> letters() {
    return world
        .jdbc()
        .sql(
            "select stage || ' ' || field || ' ' || status from reconciler.dead_letter"
                + " where status <> 'closed' order by 1")
        .query(String.class)
        .list();
  }

  private static List<String> ledger() {
    return world
        .jdbc()
        .sql(
            "select field_group || ' ' || winner || ' ' || status from reconciler.conflict order by 1")
        .query(String.class)
        .list();
  }

  /** The names of those whom the order's row points at. */
  private String links() {
    return world
        .jdbc()
        .sql(
            """
            select concat_ws('|',
              coalesce((select name from people where id = o.payer), '-'),
              coalesce((select name from people where id = o.buyer), '-'),
              coalesce((select string_agg(p.name, ',' order by s.place) from unnest(o.seen)
                with ordinality s (id, place) join people p on p.id = s.id), '-'),
              coalesce((select name from people where id = o.partner), '-'))
            from orders o where airtable_record_id = ?""")
        .param(order)
        .query(String.class)
        .single();
  }

  /** The names of those whom the order's record points at, and its price. */
  private String cells() {
    StringBuilder cells = new StringBuilder();
    for (String field : List.of("Payer", "Buyer", "Seen", "Partner")) {
      cells.append(names(world.cell("Orders", order, field))).append('|');
    }
    return cells + world.cell("Orders", order, "Price").asText();
  }

  private static String names(JsonNode ids) {
    if (ids == null || ids.isEmpty()) {
      return "-";
    }
    StringBuilder names = new StringBuilder();
    ids.forEach(
        id ->
            names
                .append(names.isEmpty() ? "" : ",")
                .append(world.cell("People", id.asText(), "Name").asText()));
    return names.toString();
  }

  private static UUID key(String person) {
    return (UUID) world.row("people", person).get("id");
  }

  private static void edit(String table, String recordId, String set) {
    world
        .jdbc()
        .sql(
            "update %s set %s, updated_at = now() - interval '2 minutes' where airtable_record_id = ?"
                .formatted(table, set))
        .param(recordId)
        .update();
  }
}
