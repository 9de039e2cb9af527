package io.reconciler.side.postgres.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.side.mapping.Mapping;
import io.reconciler.world.SideBySide;
import io.reconciler.world.TestDatabase;
import io.reconciler.world.World;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The check of the portal's tables, on a real PostgreSQL. */
@SideBySide
class LeadsTableTest {

  private static final Mapping MAPPING = World.defaultMapping();
  private static UndoneChanges database;
  private static LeadsTable table;

  @BeforeAll
  static void open() {
    database = new UndoneChanges(TestDatabase.pool(TestDatabase.migratedUrl()), MAPPING);
    table = new LeadsTable(database.database(), MAPPING);
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @BeforeEach
  void as_the_migrations_make_it() {
    database.undo();
  }

  @Test
  void tables_of_our_own_migrations_have_no_problem() {
    assertThat(table.problems()).isEmpty();
  }

  @Test
  void tables_that_the_first_run_will_make_are_no_problem() {
    execute("drop schema reconciler cascade");
    execute("drop table leads, clients");

    assertThat(table.problems()).isEmpty();
  }

  @Test
  void a_table_that_was_there_once_is_missed() {
    execute("drop table leads");

    assertThat(table.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.fatal()).isTrue();
              assertThat(problem.text())
                  .startsWith("no table leads in the schema public, although");
              assertThat(problem.ddl()).isEmpty();
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          alter table leads drop column claimed_by   | leads has no column claimed_by
          alter table leads drop column first_name   | leads has no column first_name
          alter table leads drop column kajabi_tags  | leads has no column kajabi_tags
          alter table leads drop column is_active    | leads has no column is_active
          alter table leads drop column id           | leads has no column id
          alter table leads drop column created_at   | leads has no column created_at
          alter table clients drop column is_active  | clients has no column is_active
          alter table clients drop column email      | clients has no column email
          drop index idx_leads_airtable_record | leads has no unique constraint or index on airtable_record_id alone
          alter table leads alter claimed_by type text     | leads.claimed_by is text; it must be uuid
          alter table leads alter notes type char(90)      | leads.notes is character(90); it must be text
          alter table leads alter booked_at type timestamp | leads.booked_at is timestamp without time zone; it must be timestamptz
          alter table leads alter booked_at type timestamptz(0) | leads.booked_at is timestamp(0) with time zone; it must be timestamptz
          alter table leads alter booked drop default, alter booked type text, alter booked set default 'false' | leads.booked is text; it must be boolean
          alter table leads alter click_count type numeric | leads.click_count is numeric; it must be integer
          alter table leads alter kajabi_tags type text using '' | leads.kajabi_tags is text; it must be text[]
          alter table leads alter updated_at type timestamp | leads.updated_at is timestamp without time zone; it must be timestamptz
          alter table leads alter client_id type text      | leads.client_id is text; it must be uuid
          alter table clients alter id type text           | clients.id is text; it must be uuid
          alter table leads alter phone set not null       | leads.phone is NOT NULL, but an empty cell is null in the mapping
          alter table leads alter claimed_at set default now(), alter claimed_at set not null | leads.claimed_at is NOT NULL, but an empty cell is null in the mapping
          alter table leads drop column id, add id bigint primary key | leads.id is bigint without a default: no lead can be inserted
          alter table leads drop column id, add id integer; insert into leads (id, client_id, airtable_record_id, created_at, updated_at) values (7, gen_random_uuid(), 'rec7', now(), now()) | leads.id is integer without a default: no lead can be inserted
          alter table leads alter id type varchar(20)      | leads.id is character varying(20) without a default
          alter table leads alter booked_at type date      | leads.booked_at is date; it must be timestamptz
          alter table leads alter booked drop default, alter booked type integer using 1 | leads.booked is integer; it must be boolean
          alter table leads alter click_count drop default, alter click_count type numeric(9, 2), alter click_count set default 1.00 | leads.click_count is numeric(9,2); it must be integer
          alter table leads add "Region" text not null     | leads.Region is NOT NULL without a default and not mapped
          alter table leads drop column notes, add notes text generated always as (first_name) stored | leads.notes is filled by PostgreSQL itself
          """)
  void a_run_would_be_refused_and_the_offered_statement_helps(String change, String text) {
    execute(change);

    SchemaProblem problem = fatal(text);
    execute(problem.ddl());

    assertThat(table.problems()).filteredOn(SchemaProblem::fatal).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          alter table leads alter first_name type varchar(20) | leads.first_name is character varying(20), shorter than varchar(255)
          alter table leads alter notes type varchar(2000)    | leads.notes is character varying(2000), shorter than text
          drop index idx_leads_updated_at                     | leads has no index on updated_at
          drop index idx_leads_client_id                      | leads has no index on client_id
          alter table clients drop constraint clients_airtable_base_id_key | clients has no unique constraint or index on airtable_base_id alone
          alter table clients add website text not null       | clients.website is NOT NULL without a default
          alter table leads alter click_count type bigint     | leads.click_count is bigint, wider than integer
          alter table leads alter updated_at drop not null    | leads.updated_at may be null
          alter table leads alter booked set not null         | leads.booked is NOT NULL: a new record whose cell can't be converted
          """)
  void a_run_goes_on_and_the_offered_statement_helps(String change, String text) {
    execute(change);

    SchemaProblem problem = warning(text);
    execute(problem.ddl());

    assertThat(table.problems()).isEmpty();
  }

  @Test
  void a_column_that_must_be_given_is_no_obstacle_where_a_trigger_may_fill_it() {
    execute("alter table leads add tenant text not null");
    assertThat(fatal("leads.tenant is NOT NULL").ddl()).isNotEmpty();
    execute(
        "create function stamp() returns trigger language plpgsql as $$"
            + " begin new.tenant := 'acme'; return new; end $$");
    execute("create trigger stamp before insert on leads for each row execute function stamp()");

    assertThat(table.problems()).noneMatch(SchemaProblem::fatal);
    assertThat(warning("leads.tenant is NOT NULL").text()).contains("unless a trigger fills it");
  }

  @Test
  void a_statement_names_the_schema_so_that_whoever_runs_it_changes_this_table() {
    execute("alter table leads drop column claimed_by; drop index if exists idx_leads_updated_at");
    execute("create schema crm; alter table leads set schema crm; set search_path = crm, public");
    execute("create table public.leads (name text)");
    List<SchemaProblem> problems = table.problems();
    execute("set search_path = public");

    problems.stream()
        .filter(problem -> problem.text().startsWith("leads has no column claimed_by"))
        .forEach(problem -> execute(problem.ddl()));

    assertThat(columns("public")).containsExactly("name");
    assertThat(columns("crm")).contains("claimed_by");
    assertThat(problems)
        .extracting(SchemaProblem::ddl)
        .allMatch(ddl -> !ddl.contains("leads") || ddl.contains("crm.leads"));
  }

  private List<String> columns(String schema) {
    return JdbcClient.create(database.database())
        .sql(
            "select cast(column_name as text) from information_schema.columns"
                + " where table_schema = ? and table_name = 'leads'")
        .param(schema)
        .query(String.class)
        .list();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create index on leads (airtable_record_id)",
        "create unique index on leads (airtable_record_id, client_id)",
        "create unique index on leads (airtable_record_id) where is_active",
        "create unique index on leads (lower(airtable_record_id))",
        "alter table leads add unique (airtable_record_id) deferrable"
      })
  void an_index_that_upserts_cannot_use_does_not_count(String change) {
    execute("drop index idx_leads_airtable_record");
    execute(change);

    assertThat(fatal("leads has no unique constraint").ddl())
        .isEqualTo("create unique index concurrently on public.leads (airtable_record_id)");
  }

  @Test
  void an_index_that_was_not_built_to_its_end_does_not_count() {
    execute(
        "update pg_index set indisvalid = false where indexrelid = 'idx_leads_airtable_record'::regclass");

    fatal("leads has no unique constraint");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alter table leads add region text",
        "alter table leads add region text not null default ''",
        "alter table leads add number bigint generated always as identity",
        "alter table leads drop column id, add id bigserial primary key",
        "alter table leads drop column id, add id integer generated always as identity",
        "alter table leads alter id type text",
        "alter table leads alter id set default gen_random_uuid()",
        "alter table leads alter first_name type text",
        "alter table leads alter icp_score type smallint",
        "alter table leads alter kajabi_tags type varchar(50)[]",
        "alter table leads alter booked_at type timestamptz(3)",
        "alter table leads alter last_name drop not null",
        "create domain person as uuid; alter table leads alter claimed_by type person",
        "drop index idx_leads_airtable_record;"
            + " alter table leads add constraint one unique (airtable_record_id)",
        "drop index idx_leads_updated_at; drop index idx_leads_client_id;"
            + " create index on leads (client_id, updated_at)",
        "alter table clients add website text",
        "alter table clients alter id set default gen_random_uuid()"
      })
  void what_does_no_harm_is_not_mentioned(String change) {
    execute(change);

    assertThat(table.problems()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          alter table clients drop column id, add id bigserial      | clients.id is bigint; it must be uuid; no cast
          alter table leads drop column client_id, add client_id integer | leads.client_id is integer; it must be uuid; no cast
          alter table leads alter claimed_by type bigint using null | leads.claimed_by is bigint; it must be uuid; no cast
          alter table leads alter booked_at type bigint using 1     | leads.booked_at is bigint; it must be timestamptz; no cast
          """)
  void no_statement_is_offered_where_none_would_work(String change, String text) {
    execute(change);

    assertThat(fatal(text).ddl()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          alter table leads add constraint a_user foreign key (claimed_by) references users | a_user, FOREIGN KEY (claimed_by) REFERENCES users(id): a value of claimed_by
          alter table leads add unique (email, client_id)        | UNIQUE (email, client_id): a value of
          create unique index one_email on leads (lower(email)) where is_active | UNIQUE btree (lower((email)::text)) WHERE is_active: a value of
          alter table leads add constraint scored check (icp_score < 100) | scored, CHECK ((icp_score < 100)): a value of icp_score
          alter table leads add constraint apart exclude using btree (phone with =) | apart, EXCLUDE USING btree (phone WITH =): a value of phone
          create domain named as text check (value <> ''); alter table leads alter title type named | CHECK ((VALUE <> ''::text)) of the domain named: a value of title
          create type stage as enum ('a'); alter table leads alter title type stage using null | leads.title is the enum stage: a text that is none of its labels
          alter table leads alter airtable_record_id drop not null | leads.airtable_record_id may be null
          """)
  void what_may_refuse_a_value_is_listed(String change, String text) {
    execute(change);

    assertThat(table.problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.text()).contains(text))
        .satisfies(problem -> assertThat(problem.fatal()).isFalse());
  }

  @Test
  void a_domain_that_refuses_null_is_as_not_null() {
    execute("create domain told as text not null; alter table leads alter title type told");

    fatal("leads.title is NOT NULL, but an empty cell is null in the mapping");
  }

  @ParameterizedTest
  @CsvSource({"view, a view", "materialized view, a materialized view"})
  void leads_must_be_a_table(String kind, String name) {
    execute("alter table leads rename to people");
    execute("create " + kind + " leads as select * from people");

    assertThat(fatal("leads is").text()).startsWith("leads is " + name + ";");
  }

  @Test
  void a_partitioned_table_will_do_if_its_record_ids_are_unique() {
    partitionBy("hash (airtable_record_id)");
    execute("create unique index on leads (airtable_record_id)");

    assertThat(table.problems()).extracting(SchemaProblem::fatal).containsOnly(false);

    warning("leads has no index on updated_at");
    table.problems().forEach(problem -> execute(problem.ddl()));
    assertThat(table.problems()).isEmpty();
  }

  @Test
  void a_partitioned_table_with_another_key_can_have_no_such_index() {
    partitionBy("hash (client_id)");

    assertThat(fatal("leads has no unique constraint"))
        .satisfies(problem -> assertThat(problem.text()).contains("partition key"))
        .satisfies(problem -> assertThat(problem.ddl()).isEmpty());
  }

  @Test
  void a_trigger_that_fires_on_update_is_worth_a_look() {
    execute("create function touch() returns trigger language plpgsql as 'begin return new; end'");
    execute(
        "create trigger on_insert before insert on leads for each row execute function touch()");
    execute("create trigger off before update on leads for each row execute function touch()");
    execute("alter table leads disable trigger off");
    assertThat(table.problems()).isEmpty();

    execute("create trigger stamp before update on leads for each row execute function touch()");

    assertThat(table.problems()).hasSize(1);
    warning("the trigger stamp fires on UPDATE of leads");
  }

  @Test
  void the_fatal_problems_come_first() {
    execute("drop index idx_leads_updated_at");
    execute("alter table leads drop column phone");

    assertThat(table.problems()).extracting(SchemaProblem::fatal).containsExactly(true, false);
  }

  private static void partitionBy(String key) {
    execute("alter table leads rename to old_leads");
    execute("create table leads (like old_leads including defaults) partition by " + key);
  }

  private static void execute(String sql) {
    database.execute(sql);
  }

  private static SchemaProblem fatal(String text) {
    return only(text, true);
  }

  private static SchemaProblem warning(String text) {
    return only(text, false);
  }

  private static SchemaProblem only(String text, boolean fatal) {
    List<SchemaProblem> problems =
        table.problems().stream().filter(problem -> problem.text().startsWith(text)).toList();
    assertThat(problems).as("%s among %s", text, table.problems()).hasSize(1);
    assertThat(problems.get(0).fatal()).isEqualTo(fatal);
    return problems.get(0);
  }
}
