package io.reconciler.program.init;

import static io.reconciler.program.init.Bases.BASE;
import static io.reconciler.program.init.Bases.existing;
import static io.reconciler.program.init.Bases.field;
import static io.reconciler.program.init.Bases.fieldId;
import static io.reconciler.program.init.Bases.holding;
import static io.reconciler.program.init.Bases.link;
import static io.reconciler.program.init.Bases.nothing;
import static io.reconciler.program.init.Bases.of;
import static io.reconciler.program.init.Bases.plan;
import static io.reconciler.program.init.Bases.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Owner;
import io.reconciler.side.mapping.PostgresTable;
import io.reconciler.side.postgres.rules.CountedKeys;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlannerTest {

  private static final Set<String> NOBODY = Set.of();

  private static TablePlan only(ExistingTables catalog, ObjectNode... fields) {
    return plan(catalog, NOBODY, table("Things", fields)).get(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          singleLineText        | {}                                       | x text text
          multilineText         | {}                                       | x text text
          richText              | {}                                       | x text text
          email                 | {}                                       | x text text
          url                   | {}                                       | x text text
          phoneNumber           | {}                                       | x text text
          barcode               | {}                                       | x text text
          singleSelect          | {'choices':[{'name':'A'}]}               | x text text
          externalSyncSource    | {}                                       | x text text
          multipleSelects       | {}                                       | x text[] options
          number                | {'precision':0}                          | x bigint number
          number                | {'precision':2}                          | x numeric number
          percent               | {'precision':0}                          | x numeric number
          currency              | {'precision':2}                          | x numeric number
          rating                | {'max':5}                                | x integer number
          duration              | {'durationFormat':'h:mm'}                | x bigint number
          duration              | {'durationFormat':'h:mm:ss.SS'}          | x numeric number
          count                 | {'isValid':true}                         | x bigint number
          autoNumber            | {}                                       | x bigint number
          checkbox              | {}                                       | x boolean boolean
          date                  | {}                                       | x date date
          dateTime              | {}                                       | x timestamptz timestamp
          lastModifiedTime      | {'isValid':true,'result':{'type':'date'}}  | x date date
          singleCollaborator    | {}                                       | x text person
          createdBy             | {}                                       | x text person
          lastModifiedBy        | {}                                       | x text person
          multipleCollaborators | {}                                       | x text[] person
          multipleAttachments   | {}                                       | x jsonb json
          button                | {}                                       | x jsonb json
          aiText                | {}                                       | x jsonb json
          formula               | {'isValid':true,'result':{'type':'number','options':{'precision':0}}} | x numeric number
          formula               | {'isValid':true,'result':{'type':'singleLineText'}} | x text text
          formula               | {'isValid':true,'result':{'type':'dateTime'}} | x timestamptz timestamp
          formula               | {'isValid':true,'result':{'type':'checkbox'}} | x boolean boolean
          formula               | {'isValid':true}                         | x jsonb json
          formula               | {'isValid':false,'result':null}          | out: Airtable says that its formula is not valid
          rollup                | {'isValid':true,'result':{'type':'currency'}} | x numeric number
          multipleLookupValues  | {'isValid':true,'result':{'type':'singleLineText'}} | x text[] options
          multipleLookupValues  | {'isValid':true,'result':{'type':'number'}} | x jsonb json
          multipleLookupValues  | {'isValid':true,'result':{'type':'multipleRecordLinks'}} | x text[] link
          multipleRecordLinks   | {'linkedTableId':'tblElsewhere00000'}    | x_ids text[] link
          hologram              | {}                                       | out: the type hologram is not known here
          createdTime           | {'result':{'type':'dateTime'}}           | out: the column created_at has it
          """)
  void a_new_column_is_of_the_type_that_holds_the_fields_values(
      String type, String options, String planned) {
    TablePlan plan = only(nothing(), field("Name", "singleLineText"), field("X", type, options));

    assertThat(of(plan, "X")).isEqualTo(planned);
  }

  @Test
  void a_new_table_has_the_engines_columns_and_one_for_each_field() {
    TablePlan plan = only(nothing(), field("Name", "singleLineText"), field("Done?", "checkbox"));

    assertThat(plan.ddl())
        .containsExactly(
            """
            create table public.things (
              id uuid primary key,
              client_id uuid not null,
              airtable_record_id text not null,
              name text,
              done boolean not null default false,
              is_active boolean not null default true,
              created_at timestamptz not null,
              updated_at timestamptz not null,
              unique (client_id, airtable_record_id)
            )""",
            "create index on public.things (updated_at)");
    assertThat(plan.mapping().postgres()).isEqualTo(PostgresTable.usual("things"));
    assertThat(plan.mapping().fields())
        .extracting(FieldMapping::owner)
        .containsExactly(Owner.AIRTABLE, Owner.AIRTABLE, Owner.ENGINE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SMS Sent Count    | sms_sent_count
          🚀 Launch Date!   | launch_date
          🚀                | field_2
          名前              | field_2
          Größe (cm)        | grosse_cm
          Client's "Best" / Worst | clients_best_worst
          % of Total        | percent_of_total
          # Seats           | number_seats
          2024 Revenue      | n_2024_revenue
          Order             | order_
          User              | user_
          ID                | id_
          Client ID         | client_id_
          updated at        | updated_at_
          ctid              | ctid_
          Name              | name_2
          NAME              | name_2
          """)
  void an_awkward_name_becomes_a_plain_one(String name, String column) {
    TablePlan plan = only(nothing(), field("name", "email"), field(name, "singleLineText"));

    assertThat(of(plan, name)).isEqualTo(column + " text text");
  }

  @Test
  void long_names_are_cut_at_a_word_and_stay_apart() {
    String start = "The reason why this customer has chosen us over all of the ";
    TablePlan plan =
        only(
            nothing(),
            field(start + "others, first part", "email"),
            field(start + "others, second part", "email"),
            field("x".repeat(100), "email"),
            field("x".repeat(101), "email"));

    assertThat(plan.mapping().airtableFields())
        .extracting(FieldMapping::column)
        .containsExactly(
            "the_reason_why_this_customer_has_chosen_us_over_all_of_the",
            "the_reason_why_this_customer_has_chosen_us_over_all_of_the_2",
            "x".repeat(63),
            "x".repeat(61) + "_2");
  }

  @Test
  void fields_that_differ_in_case_only_and_strange_texts_are_read_back() {
    TablePlan plan =
        only(
            nothing(),
            field("Email", "email"),
            field("email", "email"),
            field("EMAIL", "email"),
            field("a: b # c", "email"),
            field("- {x}, [y] \"z\" 'q' \\ \t\n\u2028 end ", "email"),
            field("yes", "email"),
            field("12", "email"),
            field("fldAbCdEfGhIjKlMn", "email"),
            field("\u0007bell\ufeff \u202e", "email"));

    assertThat(plan.mapping().airtableFields())
        .extracting(FieldMapping::column)
        .startsWith("email", "email_2", "email_3", "a_b_number_c");
    assertThat(of(plan, "12")).startsWith("n_12 ");
    assertThat(plan.mapping().airtableFields())
        .extracting(FieldMapping::airtableField)
        .contains(fieldId("Things", "fldAbCdEfGhIjKlMn"))
        .doesNotContain("fldAbCdEfGhIjKlMn");
  }

  @Test
  void tables_get_plain_names_too_and_none_that_is_for_something_else() {
    var fields = List.of("Order", "🚀", "Clients", "users", "A/B", "a b", "Select", "PG Class");
    List<TablePlan> plans =
        plan(
            nothing(),
            NOBODY,
            fields.stream()
                .map(name -> table(name, field("Name", "email")))
                .toArray(io.reconciler.side.airtable.TableSchema[]::new));

    assertThat(plans)
        .extracting(plan -> plan.mapping().name())
        .containsExactly(
            "order_", "table_2", "clients_", "users_", "a_b", "a_b_2", "select_", "pg_class_");
  }

  @Test
  void the_columns_of_a_table_that_is_there_are_found_by_name_and_type() {
    ExistingTables catalog =
        holding(
            existing(
                "things",
                "*id bigint",
                "airtable_record_id character varying(32)",
                "!name character varying(50)",
                "sms_sent_count integer",
                "birthday date",
                "amount text",
                "tags text[]",
                "done integer",
                "odd timestamp without time zone",
                "kept text"));
    TablePlan plan =
        only(
            catalog,
            field("Name", "singleLineText"),
            field("SMS Sent Count", "number", "{'precision':0}"),
            field("BirthDay", "dateTime"),
            field("Amount", "currency"),
            field("Tags", "multipleSelects"),
            field("Done", "checkbox"),
            field("Odd", "dateTime"),
            field("New one", "url"));

    assertThat(plan.fields().stream().map(f -> of(plan, f.source().name())).toList())
        .containsExactly(
            "name varchar(50) text",
            "sms_sent_count integer number",
            "birthday date date",
            "amount text text",
            "tags text[] options",
            "out: a checkbox does not go into the column done, which is integer",
            "out: a dateTime does not go into the column odd, which is timestamp without time zone",
            "new_one text text");
    assertThat(plan.mapping().base()).isEqualTo(BASE);
    assertThat(plan.mapping().postgres())
        .isEqualTo(new PostgresTable("things", "id", "airtable_record_id", null, null, null));
    assertThat(plan.mapping().column("name").defaultValue()).isEqualTo("");
    assertThat(plan.ddl())
        .containsExactly(
            CountedKeys.statement("public.things", "id", true),
            "alter table public.things add column new_one text",
            "create unique index on public.things (airtable_record_id)");
  }

  @Test
  void one_side_of_a_link_is_enough_and_it_is_the_one_that_holds_one() {
    List<TablePlan> plans =
        plan(
            nothing(),
            NOBODY,
            table(
                "Companies",
                field("Name", "singleLineText"),
                link("Leads", "Leads 2", false, fieldId("Leads 2", "Company")),
                link("Parent", "Companies", true, fieldId("Companies", "Children")),
                link("Children", "Companies", false, fieldId("Companies", "Parent"))),
            table(
                "Leads 2",
                field("Name", "singleLineText"),
                link("Company", "Companies", true, fieldId("Companies", "Leads")),
                link("Statuses", "Elsewhere", false, "")));

    assertThat(of(plans.get(0), "Leads")).isEqualTo("out: the other side of Leads 2.Company");
    assertThat(of(plans.get(0), "Parent")).isEqualTo("parent_id uuid link to companies");
    assertThat(of(plans.get(0), "Children")).isEqualTo("out: the other side of Companies.Parent");
    assertThat(of(plans.get(1), "Company")).isEqualTo("company_id uuid link to companies");
    assertThat(of(plans.get(1), "Statuses")).isEqualTo("status_ids text[] link");
    assertThat(plans.get(1).options())
        .containsExactly(
            "alter table public.leads_2 add foreign key (company_id) references public.companies (id) on delete"
                + " set null");
  }

  @Test
  void of_two_sides_of_a_link_the_one_that_has_a_column_is_mapped() {
    ExistingTables catalog =
        holding(
            existing("companies", "*id bigint", "airtable_record_id text", "name text"),
            existing("orders", "*id bigint", "airtable_record_id text", "company bigint"));
    var companies =
        table(
            "Companies",
            field("Name", "singleLineText"),
            link("Orders", "Orders", true, fieldId("Orders", "Company")));
    var orders =
        table(
            "Orders",
            field("No", "singleLineText"),
            link("Company", "Companies", false, fieldId("Companies", "Orders")));

    List<TablePlan> plans = plan(catalog, NOBODY, companies, orders);
    assertThat(of(plans.get(0), "Orders")).isEqualTo("out: the other side of Orders.Company");
    assertThat(of(plans.get(1), "Company")).isEqualTo("company bigint link to companies");

    List<TablePlan> portals =
        plan(catalog, Set.of(fieldId("Companies", "Orders")), companies, orders);
    assertThat(of(portals.get(0), "Orders")).isEqualTo("orders_id bigint link to orders");

    ExistingTables unfit =
        holding(
            existing("companies", "*id bigint", "airtable_record_id text", "name text"),
            existing("orders", "*id bigint", "airtable_record_id text", "company date"));
    assertThat(of(plan(unfit, NOBODY, companies, orders).get(0), "Orders"))
        .isEqualTo("orders_id bigint link to orders");
  }

  @Test
  void links_take_the_type_of_the_key_that_they_point_at() {
    ExistingTables catalog =
        holding(
            existing("companies", "*number bigint", "airtable_record_id text", "name text"),
            existing(
                "people", "*id uuid", "company_number bigint", "company text", "companies text"));
    List<TablePlan> plans =
        plan(
            catalog,
            NOBODY,
            table("Companies", field("Name", "singleLineText")),
            table(
                "People",
                link("Company", "Companies", true, ""),
                link("Companies", "Companies", false, ""),
                field("Number", "autoNumber")));

    assertThat(of(plans.get(1), "Company")).isEqualTo("company_id bigint link to companies");
    assertThat(of(plans.get(1), "Companies")).isEqualTo("company_ids bigint[] link to companies");
  }

  @Test
  void a_column_whose_name_needs_quotes_is_left_alone() {
    ExistingTables catalog =
        holding(existing("things", "*id uuid", "firstName text", "order integer", "name text"));
    TablePlan plan =
        only(
            catalog,
            field("First Name", "singleLineText"),
            field("Order", "number"),
            field("Name", "email"));

    assertThat(of(plan, "First Name"))
        .isEqualTo("out: the column \"firstName\" needs quotes in SQL; give it a plain name");
    assertThat(of(plan, "Order")).startsWith("out: the column \"order\" needs quotes");
    assertThat(of(plan, "Name")).isEqualTo("name text text");
  }

  @Test
  void a_column_for_a_key_waits_for_the_table_that_it_points_at() {
    ExistingTables catalog =
        holding(existing("people", "*id uuid", "company_id uuid", "name text"));
    TablePlan plan =
        plan(
                catalog,
                NOBODY,
                table("People", field("Name", "email"), link("Company", "Companies", true, "")))
            .get(0);

    assertThat(of(plan, "Company"))
        .isEqualTo(
            "out: the column company_id is uuid, and takes the key of a row only if the table that"
                + " it links to has a mapping with such a key");
  }

  @Test
  void what_the_portal_owns_gets_a_group_of_its_own() {
    var modified =
        field("Changed", "lastModifiedTime", "{'isValid':true,'result':{'type':'dateTime'}}");
    var source = table("Things", field("Name", "email"), field("Notes", "multilineText"), modified);
    TablePlan plan = plan(nothing(), Set.of(fieldId("Things", "Notes")), source).get(0);

    assertThat(plan.mapping().lastModifiedField()).isEqualTo("Changed");
    assertThat(plan.mapping().column("notes").owner()).isEqualTo(Owner.PORTAL);
    assertThat(plan.mapping().groups())
        .extracting(group -> group.name() + " " + group.policy().label())
        .containsExactly("notes newest");
  }

  @Test
  void without_a_modification_time_airtable_decides_conflicts() {
    var source = table("Things", field("Name", "email"), field("Notes", "multilineText"));
    TablePlan plan = plan(nothing(), Set.of(fieldId("Things", "Notes")), source).get(0);

    assertThat(plan.mapping().groups().get(0).policy().label()).isEqualTo("airtable");
    assertThat(plan.remarks()).hasSize(1);
  }

  @Test
  void the_portal_owns_nothing_that_airtable_computes() {
    var source = table("Things", field("Name", "email"), field("Sum", "count"));

    assertThatThrownBy(() -> plan(nothing(), Set.of(fieldId("Things", "Sum")), source))
        .isInstanceOf(InitException.class)
        .hasMessage("--portal Things.Sum: nobody but Airtable writes a count; leave it out");
  }

  @Test
  void a_table_that_will_not_do_says_what_to_do() {
    ExistingTables catalog = holding(existing("things", "id text", "name text"));

    assertThatThrownBy(() -> only(catalog, field("Name", "email")))
        .isInstanceOf(InitException.class)
        .hasMessageContaining("the table things has no column alone that names a row");
  }

  @Test
  void a_table_without_key_and_record_id_gets_them() {
    TablePlan plan = only(holding(existing("things", "name text")), field("Name", "email"));

    assertThat(plan.ddl())
        .containsExactly(
            "alter table public.things add column id uuid not null unique default gen_random_uuid()",
            "alter table public.things add column airtable_record_id text",
            "create unique index on public.things (airtable_record_id)");
  }

  @Test
  void every_field_stands_in_the_file() {
    var names = List.of("Name", "Odd\nname", "Open", "Sum of \"all\"");
    TablePlan plan =
        only(
            nothing(),
            names.stream()
                .map(name -> field(name, name.equals("Open") ? "hologram" : "email"))
                .toArray(ObjectNode[]::new));

    assertThat(plan.text())
        .contains("# Left out: \"Open\" (hologram): the type hologram is not known here.")
        .contains("airtable_field: Name,")
        .contains("\"Odd\\u000Aname\"")
        .contains("\"Sum of \\\"all\\\"\"");
    assertThat(Arrays.stream(plan.text().split("\n")).filter(line -> line.startsWith("  - {")))
        .hasSize(4);
  }
}
