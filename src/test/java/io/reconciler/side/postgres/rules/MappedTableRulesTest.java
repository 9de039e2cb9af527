package io.reconciler.side.postgres.rules;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.MappingFile;
import io.reconciler.world.SideBySide;
import io.reconciler.world.TestDatabase;
import io.reconciler.world.World;
import java.io.ByteArrayInputStream;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The check of a table that is not the portal's leads, on a real PostgreSQL. */
@SideBySide
class MappedTableRulesTest {

  private static final String HEAD =
      """
      base: appTablesWorld001
      table: People
      postgres:
        table: people
      """;
  private static final String EDITED = "  updated_at: updated_at\n";
  private static final String FIELDS =
      """
      last_modified_field: Last Modified Time
      fields:
        - {column: name, type: text, airtable_field: Name, conversion: text, owner: airtable}
        - {column: email, type: text, airtable_field: Email, conversion: text, owner: airtable}
      """;
  private static UndoneChanges database;

  @BeforeAll
  static void open() {
    database =
        new UndoneChanges(TestDatabase.pool(TestDatabase.migratedUrl()), World.defaultMapping());
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @BeforeEach
  void as_its_mapping_says() {
    database.undo();
    execute(
        "create table people (id uuid primary key default gen_random_uuid(), name text, email text,"
            + " airtable_record_id text unique, updated_at timestamptz not null default now())");
  }

  @Test
  void a_table_as_its_mapping_says_has_no_problem() {
    assertThat(problems(HEAD + EDITED + FIELDS)).isEmpty();
  }

  @Test
  void a_trigger_that_fires_on_update_is_worth_a_look_where_edits_are_told_by_their_time() {
    execute("create function touch() returns trigger language plpgsql as 'begin return new; end'");
    execute("create trigger made before insert on people for each row execute function touch()");
    execute("create trigger off before update on people for each row execute function touch()");
    execute("alter table people disable trigger off");
    assertThat(problems(HEAD + EDITED + FIELDS)).isEmpty();

    execute("create trigger stamp before update on people for each row execute function touch()");

    assertThat(problems(HEAD + EDITED + FIELDS))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.fatal()).isFalse();
              assertThat(problem.text())
                  .startsWith(
                      "the trigger stamp fires on UPDATE of people: if it moves updated_at,");
            });
    assertThat(problems(HEAD + FIELDS)).isEmpty();
  }

  @Test
  void a_column_that_refuses_the_empty_cell_of_its_mapping_is_told_with_both_remedies() {
    execute("alter table people alter email set not null");

    SchemaProblem problem = only(HEAD + FIELDS);

    assertThat(problem.fatal()).isFalse();
    assertThat(problem.text())
        .isEqualTo(
            "people.yaml:8: people.email is NOT NULL, but an empty cell is null in the mapping: no"
                + " record without a value can be inserted, and no value be emptied; or write"
                + " `not_null: true` and a `default` in the mapping");
    String filled =
        FIELDS.replace(
            "column: email, type: text,",
            "column: email, type: text, not_null: true, default: '',");
    assertThat(problems(HEAD + filled)).isEmpty();
    execute(problem.ddl());
    assertThat(problems(HEAD + FIELDS)).isEmpty();
  }

  @Test
  void a_column_whose_mapping_fills_empty_cells_refuses_only_what_cant_be_converted() {
    execute("alter table people alter email set not null");

    SchemaProblem problem =
        only(
            HEAD
                + FIELDS.replace(
                    "column: email, type: text,", "column: email, type: text, default: '',"));

    assertThat(problem.fatal()).isFalse();
    assertThat(problem.text())
        .endsWith(
            "people.email is NOT NULL: a new record whose cell can't be converted is held back");
  }

  @Test
  void a_column_of_the_portals_own_that_nobody_fills_lets_no_row_in() {
    execute("alter table people add tenant text not null");

    SchemaProblem problem = only(HEAD + FIELDS);

    assertThat(problem.fatal()).isTrue();
    assertThat(problem.text())
        .isEqualTo(
            "people.tenant is NOT NULL without a default and not mapped: no row can be inserted");
    execute(problem.ddl());
    assertThat(problems(HEAD + FIELDS)).isEmpty();
  }

  @Test
  void a_role_that_may_not_draw_a_new_rows_key_is_refused_and_named_its_columns() {
    execute("alter table people drop column id, add id bigserial primary key");
    execute("create role guest");
    execute("grant usage on schema public, reconciler to guest");
    execute("grant select, insert, update on all tables in schema public, reconciler to guest");
    execute("revoke update on people from guest");
    execute("grant update (id, name, airtable_record_id) on people to guest");
    execute("set session authorization guest");
    List<SchemaProblem> problems = problems(HEAD + FIELDS);
    execute("reset session authorization");

    assertThat(problems)
        .extracting(SchemaProblem::text)
        .containsExactlyInAnyOrder(
            "guest may not use people_id_seq, from which new rows of people get a value",
            "guest may not update column email of people");
    problems.forEach(problem -> execute(problem.ddl()));
    execute("set session authorization guest");
    assertThat(problems(HEAD + FIELDS)).isEmpty();
    execute("reset session authorization");
  }

  private static SchemaProblem only(String yaml) {
    List<SchemaProblem> problems = problems(yaml);
    assertThat(problems).hasSize(1);
    return problems.get(0);
  }

  private static List<SchemaProblem> problems(String yaml) {
    return new LeadsTable(database.database(), mapping(yaml)).problems();
  }

  private static Mapping mapping(String yaml) {
    return MappingFile.read("people.yaml", new ByteArrayInputStream(yaml.getBytes(UTF_8)));
  }

  private static void execute(String sql) {
    database.execute(sql);
  }
}
