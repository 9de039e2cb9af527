package io.reconciler.engine.apply.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reconciler.decide.ConflictPolicy;
import io.reconciler.decide.Decision;
import io.reconciler.decide.GroupState;
import io.reconciler.decide.GroupValues;
import io.reconciler.side.mapping.FieldGroup;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.MappingFile;
import io.reconciler.side.postgres.LeadRow;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The form of values that are equal but for it, and what a row has that no cell says. */
class TargetRowTest {

  private static final Mapping ITEMS =
      MappingFile.read(
          "items.yaml",
          new ByteArrayInputStream(
              """
              table: Items
              base: appItems000000001
              postgres: {table: items, updated_at: updated_at}
              last_modified_field: Changed
              groups:
                - {name: tags, policy: newest}
                - {name: score, policy: newest}
                - {name: note, policy: newest}
              fields:
                - {column: name, type: text, airtable_field: Name, conversion: text, owner: airtable}
                - {column: size, type: integer, not_null: true, default: 7, airtable_field: Size, conversion: integer, owner: airtable}
                - {column: tags, type: "text[]", airtable_field: Tags, conversion: options, owner: portal, group: tags, new_options: true}
                - {column: score, type: "numeric(9,3)", airtable_field: Score, conversion: number, owner: portal, group: score}
                - {column: note, type: text, airtable_field: Note, conversion: text, owner: portal, group: note}
                - {column: is_active, type: boolean, not_null: true, default: true, conversion: existence, owner: engine}
              """
                  .getBytes(UTF_8)));
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant THEN = Instant.ofEpochSecond(100);

  private final TargetRow target = new TargetRow(ITEMS);

  @Test
  void a_new_row_exists_and_has_the_default_where_no_cell_was_read_and_empty_is_refused() {
    assertThat(target.first(record(Map.of("name", "a"))))
        .containsEntry("name", "a")
        .containsEntry("is_active", true)
        .containsEntry("note", null)
        .hasEntrySatisfying("size", size -> assertThat(size).hasToString("7"));
    assertThat(target.first(record(Map.of("size", 3)))).containsEntry("size", 3);
  }

  @Test
  void a_new_row_exists_whatever_its_column_says_by_itself() {
    Mapping gone =
        ITEMS.withFields(
            field ->
                field.column().equals("is_active")
                    ? new FieldMapping(
                        field.column(),
                        field.type(),
                        true,
                        false,
                        null,
                        null,
                        field.conversion(),
                        field.owner(),
                        null)
                    : field);

    assertThat(new TargetRow(gone).first(record(Map.of()))).containsEntry("is_active", true);
  }

  @Test
  void a_row_whose_record_is_there_exists() {
    assertThat(target.after(record(Map.of()), lead("is_active", false), List.of()))
        .containsEntry("is_active", true);
  }

  @Test
  void options_that_are_pulled_keep_the_order_of_their_cell() {
    List<String> cell = List.of("b", "a");
    GroupOutcome pulled = outcome("tags", Decision.Kind.PULL, cell, null, cell);

    assertThat(target.after(record(Map.of("tags", cell)), lead("tags", null), List.of(pulled)))
        .containsEntry("tags", cell);
  }

  @Test
  void what_was_decided_otherwise_than_the_cell_says_is_what_the_row_gets() {
    List<String> cell = List.of("b", "a");
    GroupOutcome decided = outcome("tags", Decision.Kind.PULL, cell, null, List.of("c"));

    assertThat(target.after(record(Map.of("tags", cell)), lead("tags", null), List.of(decided)))
        .containsEntry("tags", List.of("c"));
  }

  @Test
  void a_text_is_pulled_as_it_is_compared() {
    GroupOutcome pulled = outcome("note", Decision.Kind.PULL, "a\r\nb", null, "a\r\nb");

    assertThat(target.after(record(Map.of("note", "a\r\nb")), lead("note", null), List.of(pulled)))
        .containsEntry("note", "a\nb");
  }

  @Test
  void options_that_are_pushed_keep_the_order_of_their_column_and_a_text_is_sent_as_compared() {
    List<String> stands = List.of("b", "a");

    assertThat(patch("tags", stands, null).toString()).isEqualTo("[\"b\",\"a\"]");
    assertThat(patch("note", "a\r\nb", null).textValue()).isEqualTo("a\nb");
    assertThat(patch("score", new BigDecimal("1.5"), null).decimalValue())
        .isEqualByComparingTo("1.5");
  }

  @Test
  void what_the_portal_has_cleared_is_cleared_in_its_cell() {
    assertThat(patch("tags", null, List.of("a")).isNull()).isTrue();
    assertThat(patch("note", null, "a").isNull()).isTrue();
  }

  @Test
  void a_held_group_is_not_sent() {
    GroupOutcome pushed = outcome("note", Decision.Kind.PUSH, null, "a", "a");

    assertThat(TargetRow.patch(row("note", "a"), List.of(pushed), Set.of("note"))).isEmpty();
  }

  private static JsonNode patch(String column, @Nullable Object stands, @Nullable Object cell) {
    GroupOutcome pushed = outcome(column, Decision.Kind.PUSH, cell, stands, stands);
    Map<String, JsonNode> patch = TargetRow.patch(row(column, stands), List.of(pushed), Set.of());
    assertThat(patch).hasSize(1);
    return JSON.valueToTree(patch.values().iterator().next());
  }

  private static GroupOutcome outcome(
      String name,
      Decision.Kind kind,
      @Nullable Object airtable,
      @Nullable Object portal,
      @Nullable Object decided) {
    FieldGroup group =
        ITEMS.groups().stream().filter(g -> g.name().equals(name)).findFirst().orElseThrow();
    GroupState state =
        new GroupState(
            name,
            ConflictPolicy.NEWEST,
            new GroupState.Sides(values(group, airtable), values(group, portal)),
            new GroupState.Times(THEN, THEN, null),
            GroupState.Memory.of(null, null));
    return new GroupOutcome(group, state, new Decision(kind, null, values(group, decided)));
  }

  private static GroupValues values(FieldGroup group, @Nullable Object value) {
    String column = group.fields().get(0).column();
    return GroupValues.of(column, group.fields().get(0).normalise(value));
  }

  private static IncomingRecord record(Map<String, Object> values) {
    return new IncomingRecord("recItem0000000001", THEN, THEN, new HashMap<>(values), Map.of());
  }

  private static LeadRow lead(String column, @Nullable Object value) {
    return new LeadRow(new UUID(0, 1), "recItem0000000001", THEN, row(column, value));
  }

  private static Map<String, @Nullable Object> row(String column, @Nullable Object value) {
    Map<String, @Nullable Object> row = new HashMap<>();
    row.put(column, value);
    return row;
  }
}
