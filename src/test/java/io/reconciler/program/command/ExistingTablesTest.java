package io.reconciler.program.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.program.command.CommandWorld.Answer;
import io.reconciler.sandbox.table.SandboxField;
import io.reconciler.sandbox.table.SandboxTable;
import io.reconciler.world.SideBySide;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables that somebody made for a portal long ago, with keys and names of their own. */
@Tag("proof")
@SideBySide(SideBySide.Lane.RUNS)
class ExistingTablesTest {

  @TempDir private Path folder;
  private CommandWorld world;
  private SandboxTable companies;
  private SandboxTable deals;

  @BeforeEach
  void sides() {
    world = new CommandWorld(folder);
    companies =
        world
            .base()
            .addTable(
                "Companies",
                List.of(
                    SandboxField.of("Name", "singleLineText"),
                    SandboxField.of("Head Count", "number"),
                    SandboxField.of("E-mail", "email"),
                    SandboxField.of("Name ", "singleLineText"),
                    SandboxField.lastModified("Changed {at}")));
    deals =
        world
            .base()
            .addTable(
                "Deals",
                List.of(
                    SandboxField.of("Title", "singleLineText"),
                    SandboxField.of("Value", "currency"),
                    SandboxField.select("Stage", "open", "won"),
                    SandboxField.of("Created At", "createdTime"),
                    SandboxField.of("Comment", "multilineText"),
                    SandboxField.lastModified("Changed")));
    deals.addLink("Company", companies, true, "Deals");
    for (String statement :
        List.of(
            "create schema crm",
            """
            create table crm.companies (
              id bigint generated always as identity primary key,
              name varchar(60) not null, headcount smallint, email text,
              city text default 'unknown')""",
            "create type stage as enum ('open', 'won')",
            """
            create table deals (
              code serial primary key, airtable_id text unique, title text, value numeric(12,2),
              stage stage, company_id bigint references crm.companies, comment text,
              created_at timestamptz default now(), updated_at timestamptz default now())""")) {
      world.jdbc().sql(statement).update();
    }
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void they_are_filled_as_they_are_and_edited_from_both_sides() throws IOException {
    String acme =
        companies.create(Map.of("Name", "Acme", "Head Count", 12, "E-mail", "a@b.example"));
    String deal =
        deals.create(
            Map.of("Title", "Big", "Value", 12.5, "Stage", "open", "Company", List.of(acme)));
    Answer init =
        world.run("init", "--out", folder.toString(), "--apply", "--portal", "Deals.Comment");
    assertThat(init.code()).as(init.err()).isZero();
    Answer check = world.run("check", "--json");
    assertThat(check.json().path("checks").findValuesAsText("status"))
        .as(check.out())
        .isNotEmpty()
        .doesNotContain("FAILED");

    Answer full = world.run("sync", "--full", "--json");
    assertThat(full.code()).as(full.out() + full.err()).isZero();
    assertThat(
            world
                .jdbc()
                .sql(
                    "select d.title, d.value, d.stage::text, c.name, c.headcount, c.email, c.city"
                        + " from deals d join crm.companies c on c.id = d.company_id"
                        + " where d.airtable_id = ?")
                .param(deal)
                .query()
                .singleRow())
        .containsEntry("title", "Big")
        .containsEntry("value", new BigDecimal("12.50"))
        .containsEntry("stage", "open")
        .containsEntry("name", "Acme")
        .containsEntry("headcount", 12)
        .containsEntry("email", "a@b.example")
        .containsEntry("city", "unknown");

    world
        .jdbc()
        .sql("update deals set comment = 'ours', updated_at = now() - interval '2 minutes'")
        .update();
    deals.update(deal, Map.of("Stage", "won"));
    Answer sync = world.run("sync", "--json");
    assertThat(sync.code()).as(sync.out() + sync.err()).isZero();
    assertThat(deals.cells(deal).get("Comment").asText()).isEqualTo("ours");
    assertThat(world.jdbc().sql("select stage::text from deals").query(String.class).single())
        .isEqualTo("won");
    Answer verify = world.run("verify", "--json");
    assertThat(verify.code()).as(verify.out()).isZero();

    world.sandbox().clearLogs();
    JsonNode idle = world.run("sync", "--json").json();
    assertThat(idle.at("/stage1/updated").asInt()).isZero();
    assertThat(world.sandbox().writes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id uuid primary key default gen_random_uuid()",
        "id uuid primary key",
        "id text primary key",
        "id integer primary key",
        "id bigint primary key",
        "tenant int default 1, id bigint generated always as identity unique, primary key (tenant, id)",
        "code varchar(12) primary key default 'D' || floor(random() * 1e9)",
      })
  void a_table_of_any_key_is_taken_by_its_own_name_and_its_rows_stay(String key)
      throws IOException {
    world.jdbc().sql("drop table deals; drop table crm.companies").update();
    world
        .jdbc()
        .sql("create table deals (%s, title text, value numeric(12,2))".formatted(key))
        .update();
    world
        .jdbc()
        .sql(
            key.startsWith("id integer") || key.startsWith("id bigint")
                ? "insert into deals (id, title) values (1, 'old'), (7, 'older')"
                : key.contains("default") || key.contains("tenant")
                    ? "insert into deals (title) values ('old')"
                    : "insert into deals (id, title) values ('c2b0a1b0-0000-4000-8000-000000000001', 'old')")
        .update();
    String acme = companies.create(Map.of("Name", "Acme"));
    deals.create(Map.of("Title", "Big", "Company", List.of(acme)));
    deals.create(Map.of("Title", "Small"));

    Answer init = world.run("init", "--out", folder.toString(), "--apply");
    assertThat(init.code()).as(init.err()).isZero();
    Answer check = world.run("check", "--json");
    Answer full = world.run("sync", "--full", "--json");
    Answer verify = world.run("verify", "--json");

    assertThat(folder.resolve("deals.yaml")).exists();
    assertThat(folder.resolve("companies.yaml")).exists();
    assertThat(check.json().path("checks").findValuesAsText("status"))
        .as(check.out())
        .isNotEmpty()
        .doesNotContain("FAILED");
    assertThat(full.code()).as(full.out() + full.err()).isZero();
    assertThat(verify.code()).as(verify.out()).isZero();
    assertThat(
            world
                .jdbc()
                .sql(
                    "select d.title || ':' || coalesce(c.name, '-') from deals d"
                        + " left join companies c on c.id = d.company_id where d.title !~ 'old'"
                        + " order by 1")
                .query(String.class)
                .list())
        .containsExactly("Big:Acme", "Small:-");
    assertThat(
            world
                .jdbc()
                .sql(
                    "select count(*) from deals where title ~ 'old' and airtable_record_id is null")
                .query(Integer.class)
                .single())
        .isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tenant int, id bigint, primary key (tenant, id)", "id int"})
  void a_table_in_which_no_column_alone_names_a_row_is_refused_with_a_way_out(String key) {
    world.jdbc().sql("drop table deals").update();
    world.jdbc().sql("create table deals (%s, title text)".formatted(key)).update();

    Answer init = world.run("init", "--out", folder.toString(), "--apply", "--table", "Deals");

    assertThat(init.code()).isEqualTo(2);
    assertThat(init.err())
        .contains("the table deals has no column alone that names a row")
        .contains("--table");
    assertThat(folder.resolve("deals.yaml")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create table deals (tenant int, id bigint, title text, primary key (tenant, id))",
        "create table deals (tenant int, id bigint, title text, primary key (tenant, id)) partition by list (tenant)",
        "create table deals (id bigint primary key, title text) partition by hash (id)",
        "create table parent (id bigint primary key, title text); create table deals () inherits (parent)",
        "create table \"Deals\" (id bigint primary key, title text)"
      })
  void what_nobody_named_and_can_not_be_taken_is_left_out_and_the_others_are_synced(String table)
      throws IOException {
    world.jdbc().sql("drop table deals; " + table).update();
    String acme = companies.create(Map.of("Name", "Acme"));
    deals.create(Map.of("Title", "Big", "Company", List.of(acme)));

    Answer init = world.run("init", "--out", folder.toString(), "--apply");
    Answer json = world.run("init", "--out", folder.toString(), "--json");

    assertThat(init.code()).as(init.err()).isZero();
    assertThat(init.out()).contains("Deals: left out: the table ").contains("Companies -> ");
    assertThat(json.json().at("/leftOut/0/table").asText()).isEqualTo("Deals");
    assertThat(json.json().at("/leftOut/0/reason").asText()).startsWith("the table ");
    assertThat(folder.resolve("deals.yaml")).doesNotExist();
    assertThat(world.sync(0, "--full").at("/stage1/inserted").asInt()).isEqualTo(1);
    assertThat(world.jdbc().sql("select name from crm.companies").query(String.class).list())
        .containsExactly("Acme");
    world.quiet();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alter table deals alter comment type char(3)",
        "alter table deals drop comment, add comment text generated always as (title) stored",
        "alter table deals alter comment type bytea using null",
        "alter table deals rename comment to \"Comment\"",
        "alter table deals rename code to id; alter table deals drop constraint deals_pkey, add primary key (id, comment)"
      })
  void a_field_that_is_to_be_the_portals_is_never_left_out_without_a_word(String change)
      throws IOException {
    world.jdbc().sql(change).update();

    Answer init =
        world.run("init", "--out", folder.toString(), "--apply", "--portal", "Deals.Comment");
    Answer without = world.run("init", "--out", folder.toString());

    assertThat(init.code()).as(init.out()).isEqualTo(2);
    assertThat(init.out()).isEmpty();
    assertThat(init.err())
        .containsPattern("--portal Deals.Comment: it is left out: .*([Cc]omment|deals)");
    assertThat(without.code()).as(without.err()).isZero();
  }

  @Test
  void nor_is_one_of_a_table_that_is_not_planned_anew() throws IOException {
    Answer elsewhere =
        world.run(
            "init", "--out", folder.toString(), "--table", "Companies", "--portal", "Deals.Title");
    world.run("init", "--out", folder.toString(), "--portal", "Deals.Comment");
    String mapping = Files.readString(folder.resolve("deals.yaml"));
    Answer again = world.run("init", "--out", folder.toString(), "--portal", "Deals.Comment");
    Answer other = world.run("init", "--out", folder.toString(), "--portal", "Deals.Title");

    assertThat(elsewhere.code()).isEqualTo(2);
    assertThat(elsewhere.err())
        .contains("--portal Deals.Title: its table is none of those of --table");
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(other.code()).isEqualTo(2);
    assertThat(other.err())
        .contains("--portal Deals.Title: it is left out: deals.yaml is there and stays as it is");
    assertThat(Files.readString(folder.resolve("deals.yaml"))).isEqualTo(mapping);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"timestamp", "timestamp default now()", "timestamp(3) not null default now()"})
  void a_time_without_its_zone_is_told_of_and_the_statement_of_check_puts_it_right(String type)
      throws IOException {
    world
        .jdbc()
        .sql("alter table deals drop updated_at; alter table deals add updated_at " + type)
        .update();
    String deal = deals.create(Map.of("Title", "Big"));
    Answer init =
        world.run("init", "--out", folder.toString(), "--apply", "--portal", "Deals.Comment");
    assertThat(init.code()).as(init.err()).isZero();
    assertThat(init.out()).contains("The column updated_at is timestamp").contains("for UTC");
    Answer refused = world.run("check");
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.out())
        .contains("it must be timestamptz; what it holds is taken for UTC")
        .contains("fix: alter table public.deals alter column updated_at ");
    Answer sync = world.run("sync");
    assertThat(sync.code()).isEqualTo(2);
    assertThat(sync.err()).contains("timestamptz using updated_at");

    world
        .jdbc()
        .sql(refused.out().replaceAll("(?s)^.*fix: (alter table public.deals[^;]*);.*$", "$1"))
        .update();

    assertThat(world.run("check").code()).isZero();
    world.sync(0, "--full");
    world
        .jdbc()
        .sql("update deals set comment = 'ours', updated_at = now() - interval '2 minutes'")
        .update();
    world.sync(0);
    assertThat(deals.cells(deal).get("Comment").asText()).isEqualTo("ours");
    assertThat(world.jdbc().sql("select title from deals").query(String.class).list())
        .containsExactly("Big");
    world.quiet();
  }

  @ParameterizedTest
  @ValueSource(strings = {"view", "materialized view"})
  void a_name_that_a_view_has_taken_is_told_of(String view) throws IOException {
    world.jdbc().sql("drop table deals").update();
    world.jdbc().sql("create %s deals as select 1 as id".formatted(view)).update();

    Answer init = world.run("init", "--out", folder.toString());

    assertThat(init.code()).as(init.err()).isZero();
    assertThat(init.out())
        .containsPattern(
            "Deals -> deals_2: a new table, .*\n  The name deals is taken in PostgreSQL by a view");
    assertThat(Files.readString(folder.resolve("deals_2.yaml")))
        .contains("The name deals is taken in PostgreSQL by a view");
  }

  @Test
  void where_the_base_has_no_leads_check_and_sync_say_what_else_there_is() {
    companies.create(Map.of("Name", "Acme"));

    Answer check = world.runWithoutMappings("check");
    Answer sync = world.runWithoutMappings("sync");

    assertThat(check.code()).isEqualTo(1);
    assertThat(check.out())
        .containsPattern(
            "(?s)fix: set AIRTABLE_TABLE to the table's name, or write mappings for the\\s+tables it\\s+has\\s+with\\s+reconciler init");
    assertThat(sync.code()).isEqualTo(1);
    assertThat(sync.out() + sync.err())
        .contains(
            "set AIRTABLE_TABLE, or write mappings for the tables it has with reconciler init");
    assertThat(world.jdbc().sql("select count(*) from leads").query(Long.class).single()).isZero();
    assertThat(world.sandbox().writes()).isEmpty();
  }
}
