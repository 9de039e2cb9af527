package io.reconciler.side.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MappingFileTest {

  private static final String VALID =
      """
      table: Leads
      last_modified_field: Last Modified Time
      groups:
        - name: notes
          policy: merge-lines
      fields:
        - column: name
          type: varchar(5)
          not_null: true
          default: Ann
          airtable_field: Name
          airtable_type: singleLineText
          conversion: text
          owner: airtable
        - column: level
          type: varchar(6)
          airtable_field: Level
          airtable_type: singleSelect
          conversion: choice
          choices:
            Green: High
          owner: airtable
        - column: notes
          type: text
          airtable_field: Notes
          airtable_type: multilineText
          conversion: text
          owner: portal
          group: notes
        - column: present
          type: boolean
          default: true
          conversion: existence
          owner: engine
      """;

  @Test
  void a_valid_file_is_read() {
    Mapping mapping = read(VALID);

    assertThat(mapping.fields())
        .extracting(FieldMapping::column)
        .containsExactly("name", "level", "notes", "present");
    assertThat(mapping.column("name").defaultValue()).isEqualTo("Ann");
    assertThat(mapping.column("level").conversion().choices()).containsEntry("Green", "High");
    assertThat(mapping.groups()).extracting(FieldGroup::name).containsExactly("notes");
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        // Keys
        mistake(
            "table: Leads",
            "tabel: Leads",
            1,
            "unknown key \"tabel\" (did you mean \"table\"?); use base, fields,"),
        mistake("table: Leads\n", "", 1, "key \"table\" is missing; add it"),
        mistake("table: Leads", "table:", 1, "\"table\" has no value;"),
        mistake("table: Leads", "table: [Leads]", 1, "\"table\" has no value;"),
        mistake("table: Leads", "table: Leads\ntable: Leads", 2, "key \"table\" stands here twice"),
        mistake(
            "type: varchar\\(5\\)",
            "typ: text",
            8,
            "unknown key \"typ\" (did you mean \"type\"?); use airtable_field"),
        mistake("    type: varchar\\(5\\)\n", "", 7, "key \"type\" is missing; add it"),
        mistake("    owner: engine\n", "", 30, "key \"owner\" is missing; add it"),
        mistake(
            "policy: merge-lines",
            "polcy: merge-lines",
            5,
            "unknown key \"polcy\" (did you mean \"policy\"?); use name"),
        mistake("    policy: merge-lines\n", "", 4, "key \"policy\" is missing; add it"),
        mistake(
            "airtable_field: Name\n",
            "airtable_field: ~\n",
            11,
            "\"airtable_field\" has no value;"),
        // Names, types and the words that are known
        mistake("column: name", "column: Name", 7, "column \"Name\" is no plain name;"),
        mistake("column: name", "column: 'a; drop table leads'", 7, "column \"a; drop"),
        mistake("column: name", "column: " + "x".repeat(64), 7, "column \"xxx"),
        mistake("column: name", "column: client_id", 7, "column \"client_id\" is kept by"),
        mistake("column: name", "column: updated_at", 7, "column \"updated_at\" is kept by"),
        mistake(
            "varchar\\(5\\)",
            "json",
            8,
            "unknown type \"json\" (did you mean \"jsonb\"?); use varchar(n),"),
        mistake(
            "type: varchar\\(5\\)\n.*\n.*\n(.*\n.*\n)    conversion: text",
            "type: numerc\n$1    conversion: number",
            11,
            "conversion number does not give a numerc (did you mean \"numeric\"?); change one"),
        mistake("not_null: true", "not_null: yes", 9, "\"not_null\" must be true or false,"),
        mistake(
            "conversion: choice", "conversion: pick", 19, "unknown conversion \"pick\"; use one"),
        mistake("conversion: text", "conversion: uuid", 13, "conversion uuid does not give a var"),
        mistake("owner: airtable", "owner: nobody", 14, "unknown owner \"nobody\"; use one of air"),
        mistake(
            "policy: merge-lines", "policy: oldest", 5, "unknown policy \"oldest\"; use one of"),
        mistake("singleSelect", "select", 18, "unknown airtable_type \"select\"; use aiText,"),
        mistake("multilineText", "formula", 26, "Airtable computes a formula itself;"),
        // Across the entries
        mistake("column: level", "column: name", 15, "column \"name\" is mapped twice;"),
        mistake("_field: Level", "_field: Name", 17, "airtable_field \"Name\" is mapped twice;"),
        mistake("group: notes", "group: note", 4, "group \"notes\" has no fields;"),
        mistake(
            "  - name: notes\n    policy: merge-lines\n",
            "  - {name: n, policy: newest}\n",
            4,
            "group \"n\" has no fields;"),
        mistake("groups:\n.*\n.*\n", "", 26, "unknown group \"notes\"; declare it under groups"),
        mistake("    group: notes\n", "", 23, "a field of owner portal needs a group;"),
        mistake(
            "owner: airtable",
            "owner: airtable\n    group: notes",
            15,
            "group \"notes\" holds a field that is not the portal's;"),
        mistake(
            "groups:\n",
            "groups:\n  - name: notes\n    policy: newest\n",
            6,
            "group \"notes\" is declared twice;"),
        mistake("type: text\n", "type: date\n", 27, "conversion text does not give a date;"),
        mistake(
            "type: text\n(.*\n.*\n)    conversion: text",
            "type: uuid\n$1    conversion: uuid",
            5,
            "policy merge-lines needs a group of exactly one column of type"),
        mistake(
            "owner: airtable\n  - column: level",
            "owner: portal\n    group: notes\n  - column: level",
            5,
            "policy merge-lines needs a group of exactly one column of type"),
        mistake(
            "type: text\n",
            "type: varchar(500)\n",
            5,
            "policy merge-lines needs a group of exactly one column of type"),
        // The engine's field
        mistake("  - column: present\n(.*\n)*", "", 7, "no field has owner engine;"),
        mistake(
            "owner: engine",
            "owner: engine\n  - {column: here, type: boolean, default: true,"
                + " conversion: existence, owner: engine}",
            35,
            "a second field has owner engine;"),
        mistake("conversion: existence", "conversion: boolean", 33, "conversion existence and own"),
        mistake(
            "owner: engine",
            "owner: engine\n    airtable_field: Here",
            35,
            "the engine's field has no airtable_field;"),
        // Defaults and choices
        mistake("default: Ann", "default: 7", 10, "the default is no varchar(5);"),
        mistake("default: Ann", "default: Angela", 10, "the default is no varchar(5);"),
        mistake("default: Ann", "default: [Ann]", 10, "the default is no varchar(5);"),
        mistake("default: true", "default: 'true'", 32, "the default is no boolean;"),
        mistake("default: true", "default: on", 32, "the default is no boolean;"),
        mistake("    default: Ann\n", "", 9, "a not_null column needs a default"),
        mistake("default: Ann", "default: ~", 9, "a not_null column needs a default"),
        mistake("    choices:\n.*\n", "", 15, "conversion choice and the key choices go together"),
        mistake("Green: High", "Green: Highest", 21, "choice \"Highest\" has 7 characters,"),
        mistake("choices:\n.*\n", "choices: {}\n", 20, "\"choices\" is empty;"),
        mistake("choices:\n.*\n", "choices: High\n", 20, "choices must be a map;"),
        // Shapes
        mistake("fields:\n(.*\n)*", "fields: none\n", 6, "\"fields\" must be a list with"),
        mistake("fields:\n(.*\n)*", "fields: []\n", 6, "\"fields\" must be a list with"),
        mistake("fields:\n(.*\n)*", "fields:\n  - name\n", 7, "a field must be a map;"),
        mistake("(.*\n)+", "- table: Leads\n", 1, "the file must be a map;"),
        mistake("(.*\n)+", "", 1, "the file is empty;"),
        mistake("(.*\n)+", "# nothing\n", 1, "the file is empty;"),
        mistake("policy: merge-lines", "policy: [", 7, "no valid YAML: "),
        mistake("policy: merge-lines", "\tpolicy: newest", 5, "no valid YAML: "),
        mistake("(.*\n)+", "table: Leads\n---\ntable: Leads\n", 2, "no valid YAML: "),
        mistake("table: Leads", "table: *leads", 1, "no valid YAML: "),
        mistake("table: Leads", "table: \0", 1, "no valid YAML in UTF-8: "));
  }

  @ParameterizedTest(name = "{3}")
  @MethodSource("mistakes")
  void a_mistake_is_named_with_its_line(String from, String to, int line, String problem) {
    String yaml = VALID.replaceFirst(from, to);

    assertThat(yaml).isNotEqualTo(VALID);
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(InvalidMappingException.class)
        .hasMessageStartingWith("test.yaml:" + line + ": " + problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"id", "client_id", "airtable_record_id", "created_at", "updated_at"})
  void the_columns_of_the_reconciler_can_not_be_mapped(String column) {
    assertThatThrownBy(() -> read(VALID.replace("column: name", "column: " + column)))
        .isInstanceOf(InvalidMappingException.class)
        .hasMessageContaining("\"" + column + "\" is kept by the reconciler; map another one");
  }

  static Stream<Arguments> defaults() {
    return Stream.of(
        arguments("text", "text", "\"7\"", "7"),
        arguments("text", "text", "\"\"", ""),
        arguments("integer", "integer", "-7", -7),
        arguments("boolean", "boolean", "false", false),
        arguments("timestamptz", "timestamp", "2026-03-04", Instant.parse("2026-03-04T00:00:00Z")),
        arguments(
            "uuid",
            "uuid",
            "7d444840-9dc0-11d1-b245-5ffdce74fad2",
            UUID.fromString("7d444840-9dc0-11d1-b245-5ffdce74fad2")),
        arguments("text[]", "tags", "[a, b]", List.of("a", "b")));
  }

  @ParameterizedTest(name = "{0} {2}")
  @MethodSource("defaults")
  void a_default_is_read_in_the_type_of_its_column(
      String type, String conversion, String yaml, Object value) {
    String field =
        "type: "
            + type
            + "\n    default: "
            + yaml
            + "\n    airtable_field: Level\n"
            + "    airtable_type: singleLineText\n    conversion: "
            + conversion
            + "\n";
    Mapping mapping =
        read(VALID.replaceFirst("type: varchar\\(6\\)\n(.*\n){3}    choices:\n.*\n", field));

    assertThat(mapping.column("level").defaultValue()).isEqualTo(value);
  }

  @ParameterizedTest(name = "{0} {2}")
  @MethodSource("defaults")
  void a_default_of_another_type_is_refused(String type, String conversion) {
    String field =
        "type: "
            + type
            + "\n    default: {a: b}\n    airtable_field: Level\n"
            + "    airtable_type: singleLineText\n    conversion: "
            + conversion
            + "\n";
    String yaml = VALID.replaceFirst("type: varchar\\(6\\)\n(.*\n){3}    choices:\n.*\n", field);

    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(InvalidMappingException.class)
        .hasMessage(
            "test.yaml:17: the default is no %s; correct it (quote a text) or remove it", type);
  }

  @Test
  void a_file_that_is_not_utf_8_is_refused() {
    byte[] latin = {'t', 'a', 'b', 'l', 'e', ':', ' ', (byte) 0xE4, '\n'};

    assertThatThrownBy(() -> MappingFile.read("test.yaml", new ByteArrayInputStream(latin)))
        .isInstanceOf(InvalidMappingException.class)
        .hasMessageStartingWith("test.yaml:1: no valid YAML in UTF-8: ");
  }

  private static Arguments mistake(String from, String to, int line, String problem) {
    return arguments(from, to, line, problem);
  }

  private static Mapping read(String yaml) {
    return MappingFile.read("test.yaml", new StringReader(yaml));
  }
}
