package io.reconciler.side.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reconciler.decide.ConflictPolicy;
import io.reconciler.side.mapping.Conversion.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LeadsMappingTest {

  private static final Map<Kind, String> DESCRIPTIONS =
      Map.of(
          Kind.BOOLEAN, "boolean (absent = false)",
          Kind.TAGS, "split on commas; trim; drop empties",
          Kind.EXISTENCE, "true while the record exists in Airtable");

  @Test
  void the_shipped_mapping_is_the_specified_list_of_fields() throws IOException {
    List<String> specified;
    try (BufferedReader csv =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(getClass().getResourceAsStream("/mapping/leads-fields.csv")),
                StandardCharsets.UTF_8))) {
      specified = csv.lines().skip(1).toList();
    }

    assertThat(specified).hasSize(39);
    assertThat(ShippedMapping.MAPPING.fields())
        .extracting(LeadsMappingTest::row)
        .isEqualTo(specified);
  }

  @Test
  void the_documented_columns_are_those_of_the_mapping() throws IOException {
    List<String> documented =
        Files.readAllLines(Path.of("docs/configuration.md")).stream()
            .dropWhile(line -> !line.startsWith("## The 39 columns"))
            .filter(line -> line.startsWith("| `"))
            .takeWhile(line -> line.startsWith("|"))
            .limit(39)
            .toList();

    assertThat(documented)
        .containsExactlyElementsOf(
            ShippedMapping.MAPPING.fields().stream().map(LeadsMappingTest::documented).toList());
  }

  private static String documented(FieldMapping field) {
    Object value = field.defaultValue();
    String shown = value == null ? "" : "`" + ("".equals(value) ? "\"\"" : value) + "`";
    String owner = field.owner().label();
    return "| `%s` | %s | %s | %s | %s | %s | %s | %s |"
        .formatted(
            field.column(),
            field.type().sql(),
            field.notNull() ? "yes" : "",
            shown,
            Objects.requireNonNullElse(field.airtableField(), ""),
            Objects.requireNonNullElse(field.airtableType(), ""),
            field.conversion().kind().label() + choices(field.conversion().choices()),
            field.group() == null ? owner : owner + ", group `" + field.group() + "`");
  }

  private static String choices(Map<String, String> choices) {
    return choices.isEmpty()
        ? ""
        : choices.entrySet().stream()
            .map(choice -> "`" + choice.getKey() + "` is `" + choice.getValue() + "`")
            .collect(Collectors.joining(", ", ": ", "; these three pass as they are"));
  }

  @Test
  void an_airtable_column_that_must_have_a_value_has_a_default() {
    assertThat(ShippedMapping.MAPPING.airtableFields())
        .filteredOn(FieldMapping::notNull)
        .isNotEmpty()
        .allSatisfy(field -> assertThat(field.defaultValue()).isNotNull());
  }

  @Test
  void the_table_and_the_time_field_are_named() {
    assertThat(ShippedMapping.MAPPING.table()).isEqualTo("Leads");
    assertThat(ShippedMapping.MAPPING.lastModifiedField()).isEqualTo("Last Modified Time");
  }

  @Test
  void the_portal_owns_the_claim_and_the_notes() {
    assertThat(ShippedMapping.MAPPING.portalFields())
        .extracting(FieldMapping::column)
        .containsExactly("claimed_by", "claimed_at", "notes");
    assertThat(ShippedMapping.MAPPING.groups())
        .containsExactly(
            new FieldGroup(
                "claim",
                ConflictPolicy.NEWEST,
                List.of(ShippedMapping.column("claimed_by"), ShippedMapping.column("claimed_at"))),
            new FieldGroup(
                "notes", ConflictPolicy.MERGE_LINES, List.of(ShippedMapping.column("notes"))));
  }

  @Test
  void the_engine_keeps_is_active_and_no_other_field_lacks_an_airtable_field() {
    assertThat(ShippedMapping.MAPPING.engineField()).isEqualTo(ShippedMapping.column("is_active"));
    assertThat(ShippedMapping.MAPPING.airtableFields())
        .hasSize(38)
        .doesNotContain(ShippedMapping.MAPPING.engineField());
  }

  @Test
  void an_unmapped_column_is_refused() {
    assertThatThrownBy(() -> ShippedMapping.column("campaign_id"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("column campaign_id is not mapped");
  }

  private static String row(FieldMapping field) {
    return String.join(
        ",",
        field.column(),
        field.type().sql(),
        field.notNull() ? "yes" : "no",
        text(field.defaultValue()),
        text(field.airtableField()),
        text(field.airtableType()),
        description(field.conversion()),
        field.owner().label());
  }

  private static String description(Conversion conversion) {
    if (conversion.kind() == Kind.CHOICE) {
      String choices =
          conversion.choices().entrySet().stream()
              .map(Object::toString)
              .collect(Collectors.joining(" "));
      String values = String.join("/", conversion.choices().values());
      return choices + "; " + values + " pass; any other value is an error";
    }
    return DESCRIPTIONS.getOrDefault(conversion.kind(), conversion.kind().label());
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }
}
