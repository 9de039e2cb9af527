package io.reconciler.program.init;

import static io.reconciler.program.init.Bases.field;
import static io.reconciler.program.init.Bases.link;
import static io.reconciler.program.init.Bases.of;
import static io.reconciler.program.init.Bases.plan;
import static io.reconciler.program.init.Bases.table;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.reconciler.program.init.ExistingTables.Table;
import io.reconciler.side.airtable.TableSchema;
import io.reconciler.side.mapping.PgType;
import io.reconciler.world.TestDatabase;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The catalog and the DDL, on a real PostgreSQL. */
class InitDatabaseTest {

  private final HikariDataSource database = TestDatabase.pool(TestDatabase.url());
  private final JdbcClient jdbc = JdbcClient.create(database);

  @AfterEach
  void close() {
    database.close();
  }

  private void run(List<String> statements) {
    statements.forEach(statement -> jdbc.sql(statement).update());
  }

  private Table read(String name) {
    return CatalogReader.read(database).named(name).orElseThrow();
  }

  @Test
  void what_is_made_is_found_again_and_nothing_is_missing_then() {
    TableSchema companies =
        table(
            "Companies",
            field("Name", "singleLineText"),
            field("Order", "number", "{'precision':0}"),
            field("Revenue", "currency", "{'precision':2}"),
            field("Tags", "multipleSelects"),
            field("Logo", "multipleAttachments"),
            field("ID", "autoNumber"),
            field("VIP", "checkbox"));
    TableSchema people =
        table("People", field("Name", "email"), link("Company", "Companies", true, ""));
    List<TablePlan> first = plan(CatalogReader.read(database), Set.of(), companies, people);
    first.forEach(table -> run(table.ddl()));
    first.forEach(table -> run(table.options()));

    List<TablePlan> second = plan(CatalogReader.read(database), Set.of(), companies, people);

    assertThat(second).allSatisfy(table -> assertThat(table.ddl()).isEmpty());
    for (int i = 0; i < 2; i++) {
      assertThat(second.get(i).mapping().airtableFields())
          .as(second.get(i).text())
          .usingRecursiveFieldByFieldElementComparatorIgnoringFields("defaultValue")
          .isEqualTo(first.get(i).mapping().airtableFields());
      assertThat(second.get(i).mapping().postgres()).isEqualTo(first.get(i).mapping().postgres());
    }
  }

  @Test
  void the_catalog_shows_types_below_domains_labels_and_what_can_be_relied_on() {
    run(
        List.of(
            "create schema crm",
            "create domain short as varchar(10) not null",
            "create type mood as enum ('sad', 'it''s ok')",
            "create table crm.deals (id bigint generated always as identity primary key)",
            "create table \"Odd\" (id int primary key)",
            "create view seen as select 1 as one",
            """
            create table things (
              "No" int unique, id integer primary key, a short, m mood, n numeric(14,2), d numeric,
              t timestamptz(0), u timestamptz(3), v varchar, w varchar(5)[], x double precision[],
              g int generated always as (id + 1) stored, unique (m, n))""",
            "create unique index on things (d) where d > 0",
            "create unique index on things (lower(v))"));
    ExistingTables catalog = CatalogReader.read(database);
    Table things = catalog.named("things").orElseThrow();

    assertThat(catalog.tables())
        .extracting(Table::reference)
        .containsExactly("Odd", "things", "crm.deals");
    assertThat(catalog.names()).contains("seen", "mood", "short", "Odd");
    assertThat(things.columns())
        .extracting(column -> column.name() + " " + column.type().map(PgType::sql).orElse("-"))
        .containsExactly(
            "No integer",
            "id integer",
            "a varchar(10)",
            "m mood",
            "n numeric(14,2)",
            "d numeric",
            "t -",
            "u timestamptz",
            "v text",
            "w text[]",
            "x -",
            "g integer");
    assertThat(things.column("m").orElseThrow().labels()).containsExactly("sad", "it's ok");
    assertThat(things.column("a").orElseThrow().notNull()).isTrue();
    assertThat(things.column("g").orElseThrow().settable()).isFalse();
    assertThat(things.uniques()).containsExactly(List.of("id"), List.of("No"), List.of("m", "n"));
    assertThat(catalog.named("crm.deals").orElseThrow().columns().get(0).filled()).isTrue();
  }

  @Test
  void a_table_of_another_schema_is_found_and_named_with_it() {
    run(List.of("create schema crm", "create table crm.deals (id bigint primary key, name text)"));
    TablePlan plan =
        plan(CatalogReader.read(database), Set.of(), table("Deals", field("Name", "email"))).get(0);

    assertThat(plan.mapping().postgres().table()).isEqualTo("crm.deals");
    assertThat(plan.mapping().name()).isEqualTo("deals");
    run(plan.ddl());
    assertThat(read("crm.deals").isUnique("airtable_record_id")).isTrue();
  }

  @Test
  void no_name_that_is_given_out_needs_quotes() {
    List<String> words =
        jdbc.sql("select word from pg_get_keywords() order by word").query(String.class).list();
    PlainNames names = new PlainNames(Set.of());
    List<String> given = words.stream().map(word -> names.give(word, "x")).toList();

    run(
        List.of(
            "create table words (" + String.join(" text, ", given) + " text)",
            "insert into words (%1$s) select %1$s from jsonb_to_recordset('[{}]') as r(%2$s text)"
                .formatted(String.join(", ", given), String.join(" text, ", given)),
            "update words set "
                + String.join(", ", given.stream().map(name -> name + " = r." + name).toList())
                + " from words r"));
    assertThat(
            jdbc.sql("select %s from words".formatted(String.join(", ", given)))
                .query()
                .listOfRows())
        .hasSize(1);
    assertThat(given).filteredOn(name -> name.endsWith("_")).hasSizeBetween(90, 130);
    for (String name : given) {
      run(List.of("create table " + name + " (id int)", "drop table " + name));
    }
  }

  @Test
  void an_enum_takes_a_select() {
    run(
        List.of(
            "create type mood as enum ('sad', 'ok')",
            "create table things (id uuid primary key, airtable_record_id text unique, mood mood)"));
    TablePlan plan =
        plan(
                CatalogReader.read(database),
                Set.of(),
                table(
                    "Things",
                    field("Mood", "singleSelect", "{'choices':[{'name':'ok'},{'name':'glad'}]}"),
                    field("Name", "email")))
            .get(0);

    assertThat(of(plan, "Mood")).isEqualTo("mood mood text");
    assertThat(plan.text()).contains("\"Mood\": the type mood lacks \"glad\"");
  }
}
