package io.reconciler.program.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.program.command.CommandWorld.Answer;
import io.reconciler.sandbox.table.SandboxField;
import io.reconciler.sandbox.table.SandboxTable;
import io.reconciler.world.SideBySide;
import java.io.IOException;
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
import org.junit.jupiter.params.provider.CsvSource;

/** Lists of texts in columns that are lists of one of the portal's own types. */
@Tag("proof")
@SideBySide(SideBySide.Lane.RUNS)
class EnumListsTest {

  private static final String MAPPING =
      """
      table: Things
      last_modified_field: Changed
      postgres:
        client: client_id
        created_at: created_at
        updated_at: updated_at
      groups:
        - {name: labels, policy: newest}
      fields:
        - {column: name, type: text, airtable_field: Name, airtable_type: singleLineText, conversion: text, owner: airtable}
        - {column: tags, type: "%s", airtable_field: Tags, airtable_type: multipleSelects, conversion: options, owner: airtable}
        - {column: labels, type: "%1$s", airtable_field: Labels, airtable_type: multipleSelects, conversion: options, owner: portal, group: labels}
      """;
  private static final String TABLE =
      """
      create table things (id uuid primary key default gen_random_uuid(), client_id uuid,
        airtable_record_id text unique, name text, tags %1$s[], labels %1$s[],
        created_at timestamptz, updated_at timestamptz not null default now())
      """;

  @TempDir private Path folder;
  private CommandWorld world;
  private SandboxTable things;

  @BeforeEach
  void open() {
    world = new CommandWorld(folder);
    List<String> choices = List.of("Hot, now", "cold", "unheard of");
    things =
        world
            .base()
            .addTable(
                "Things",
                List.of(
                    SandboxField.of("Name", "singleLineText"),
                    SandboxField.of("Tags", "multipleSelects").withChoices(choices),
                    SandboxField.of("Labels", "multipleSelects").withChoices(choices),
                    SandboxField.lastModified("Changed")));
  }

  @AfterEach
  void close() {
    world.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          create type "Tag" as enum ('cold', 'Hot, now') | "Tag" | text[]
          create schema "My App"; create type "My App"."A.""Tag"" x" as enum ('cold', 'Hot, now') | "My App"."A.""Tag"" x" | text[]
          create type tag as enum ('cold', 'Hot, now') | tag | tag[]
          create schema crm; create type crm.tag as enum ('cold', 'Hot, now') | crm.tag | crm.tag[]
          create type tag as enum ('cold', 'Hot, now'); create domain label as tag | label | text[]
          """)
  void labels_come_and_go_and_what_is_none_waits(String types, String type, String mapped)
      throws IOException {
    table(types, type, mapped);
    String id =
        things.create(
            Map.of("Name", "One", "Tags", List.of("Hot, now", "cold"), "Labels", List.of("cold")));
    String bad = things.create(Map.of("Name", "Two", "Tags", List.of("cold", "unheard of")));
    Answer check = world.run("check");

    JsonNode first = world.sync(3, "--full");
    things.update(id, Map.of("Name", "1", "Tags", List.of("cold")));
    things.update(bad, Map.of("Name", "2"));
    portal(id, "array['Hot, now', 'cold']::" + type + "[]");
    world.sync(3);

    assertThat(check.out()).doesNotContain("must be");
    assertThat(first.at("/stage1/inserted").asInt()).isEqualTo(2);
    assertThat(first.at("/stage1/errors"))
        .singleElement()
        .satisfies(
            error ->
                assertThat(error.asText())
                    .contains(bad, "Tags", "\"unheard of\" is no label", "\"cold\", \"Hot, now\""));
    assertThat(shown(id)).isEqualTo("1 {cold} {\"Hot, now\",cold}");
    assertThat(shown(bad)).isEqualTo("2 - -");
    assertThat(things.cells(id).get("Labels")).hasToString("[\"Hot, now\",\"cold\"]");
    things.update(bad, Map.of("Tags", List.of("cold")));
    portal(id, "null");
    world.sync(0);
    assertThat(shown(bad)).isEqualTo("2 {cold} -");
    assertThat(things.cells(id)).doesNotContainKey("Labels");
    quiet();
  }

  @Test
  void a_domain_may_stand_around_or_inside_the_list_and_refuses_what_it_refuses()
      throws IOException {
    table("create domain word as text check (value <> 'unheard of')", "word", "text[]");
    execute("create type tag as enum ('cold', 'Hot, now')");
    execute("create domain labelled as tag[] check (cardinality(value) < 3)");
    execute("alter table things alter labels type labelled using null");
    String id =
        things.create(
            Map.of("Name", "One", "Tags", List.of("Hot, now"), "Labels", List.of("cold")));
    String bad = things.create(Map.of("Name", "Two", "Tags", List.of("unheard of")));

    world.sync(3, "--full");
    portal(id, "'{\"Hot, now\",cold}'");
    things.update(bad, Map.of("Tags", List.of("cold")));
    world.sync(0);

    assertThat(shown(id)).isEqualTo("One {\"Hot, now\"} {\"Hot, now\",cold}");
    assertThat(shown(bad)).isEqualTo("Two {cold} -");
    quiet();
  }

  @Test
  void a_label_that_is_added_while_nothing_else_changes_is_taken_by_the_next_run()
      throws IOException {
    table("create type tag as enum ('cold')", "tag", "text[]");
    String id = things.create(Map.of("Name", "One", "Tags", List.of("Hot, now")));
    world.sync(3, "--full");

    execute("alter type tag add value 'Hot, now'");
    world.sync(0);

    assertThat(shown(id)).isEqualTo("One {\"Hot, now\"} -");
    quiet();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          create type tag as enum ('a') | tag | tg[] | "tg" in the mapping, and the database has no such type
          create type tag as enum ('a'); create type other as enum ('a') | tag | other[] | things.tags is tag[]; it must be other[]
          create domain tag as int | tag | text[] | things.tags is tag[]; it must be text[]
          """)
  void another_list_is_refused_before_anything_runs(
      String types, String type, String mapped, String text) throws IOException {
    table(types, type, mapped);

    Answer sync = world.run("sync", "--full");

    assertThat(sync.code()).isEqualTo(2);
    assertThat(sync.err()).contains(text);
  }

  @Test
  void init_maps_a_list_of_an_enum_that_is_there() throws IOException {
    execute("create type \"Tag\" as enum ('cold')");
    execute("create type tag as enum ('cold')");
    execute(TABLE.formatted("tag").replace("tags tag", "tags \"Tag\""));

    Answer init = world.run("init", "--out", folder.toString());

    assertThat(init.code()).as(init.err()).isZero();
    assertThat(Files.readString(folder.resolve("things.yaml")))
        .contains("type: \"tag[]\"")
        .contains("the type tag[] lacks \"Hot, now\"");
    assertThat(world.run("check").out()).doesNotContain("must be");
  }

  private void table(String types, String type, String mapped) throws IOException {
    execute(types);
    execute(TABLE.formatted(type));
    Files.writeString(folder.resolve("things.yaml"), MAPPING.formatted(mapped));
  }

  private void quiet() throws IOException {
    world.quiet();
    assertThat(text("select count(*)::text from reconciler.dead_letter where status = 'open'"))
        .isEqualTo("0");
  }

  private void portal(String id, String labels) {
    world
        .jdbc()
        .sql(
            "update things set labels = "
                + labels
                + ", updated_at = now() - interval '2 minutes' where airtable_record_id = ?")
        .param(id)
        .update();
  }

  private String shown(String id) {
    return text(
        "select concat_ws(' ', name, coalesce(tags::text, '-'), coalesce(labels::text, '-'))"
            + " from things where airtable_record_id = '"
            + id
            + "'");
  }

  private String text(String sql) {
    return world.jdbc().sql(sql).query(String.class).single();
  }

  private void execute(String sql) {
    world.jdbc().sql(sql).update();
  }
}
