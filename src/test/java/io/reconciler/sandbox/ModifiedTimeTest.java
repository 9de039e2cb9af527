package io.reconciler.sandbox;

import static io.reconciler.sandbox.SandboxClient.encoded;
import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.sandbox.table.SandboxField;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModifiedTimeTest extends SandboxTestBase {

  private String cell(String id, String field) throws Exception {
    return client.get(TABLE + "/" + id).json().path("fields").path(field).asText();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-04T12:00:10.499Z, 2026-03-04T12:00:10.000Z",
    "2026-03-04T12:00:10.500Z, 2026-03-04T12:00:11.000Z"
  })
  void times_are_whole_seconds_and_can_lie_ahead(String written, String shown) throws Exception {
    clock.set(written);

    String id = table.create(Map.of("Name", "Ada"));

    assertThat(client.get(TABLE + "/" + id).json().path("createdTime").asText()).isEqualTo(shown);
    assertThat(cell(id, "Changed")).isEqualTo(shown);
    assertThat(table.modified(id)).isEqualTo(Instant.parse(shown));
  }

  @Test
  void a_patch_moves_the_time_only_when_it_changes_something() throws Exception {
    String id = table.create(Map.of("Name", "Ada"));
    clock.forward(Duration.ofMinutes(1));

    client.send("PATCH", TABLE + "/" + id, "{\"fields\":{\"Name\":\"Ada\",\"Notes\":null}}");
    String unmoved = cell(id, "Changed");
    client.send("PATCH", TABLE + "/" + id, "{\"fields\":{\"Name\":\"Bo\"}}");

    assertThat(unmoved).isEqualTo("2026-03-04T12:00:00.000Z");
    assertThat(cell(id, "Changed")).isEqualTo("2026-03-04T12:01:00.000Z");
  }

  @Test
  void a_field_that_watches_others_moves_with_those_only() throws Exception {
    String id = table.create(Map.of("Name", "Ada"));
    clock.forward(Duration.ofMinutes(1));

    table.update(id, Map.of("Notes", "x"));

    assertThat(cell(id, "Changed")).isEqualTo("2026-03-04T12:01:00.000Z");
    assertThat(cell(id, "Name Changed")).isEqualTo("2026-03-04T12:00:00.000Z");
  }

  @Test
  void a_recalculated_field_does_not_move_the_time() throws Exception {
    String id = table.create(Map.of("Name", "Ada"));
    clock.forward(Duration.ofMinutes(1));

    table.update(id, Map.of("Sum", 9));

    assertThat(cell(id, "Sum")).isEqualTo("9");
    assertThat(cell(id, "Changed")).isEqualTo("2026-03-04T12:00:00.000Z");
  }

  @Test
  void an_edit_inside_airtable_moves_the_time_even_to_the_same_value() {
    String id = table.create(Map.of("Name", "Ada"));
    clock.forward(Duration.ofMinutes(1));

    table.update(id, Map.of("Name", "Ada"));

    assertThat(table.modified(id)).isEqualTo(Instant.parse("2026-03-04T12:01:00Z"));
  }

  @Test
  void a_delta_query_finds_what_was_modified_after_the_moment() throws Exception {
    table.create(Map.of("Name", "old"));
    clock.forward(Duration.ofMinutes(10));
    String changed = table.create(Map.of("Name", "new"));
    clock.forward(Duration.ofMinutes(10));
    String filter = "IS_AFTER({" + table.field("Changed").id() + "},'2026-03-04T12:09:59.000Z')";

    assertThat(client.get(TABLE + "?filterByFormula=" + encoded(filter)).ids())
        .containsExactly(changed);
  }

  @Test
  void the_time_of_the_last_edit_can_be_set() {
    String id = table.create(Map.of("Name", "Ada"));

    table.setModified(id, Instant.parse("2026-03-01T00:00:00Z"));

    assertThat(table.modified(id)).isEqualTo(Instant.parse("2026-03-01T00:00:00Z"));
  }

  @Test
  void a_modified_time_can_be_date_only() throws Exception {
    table.addField(SandboxField.lastModified("Changed On").withResultType("date"));

    String id = table.create(Map.of("Name", "Ada"));

    assertThat(cell(id, "Changed On")).isEqualTo("2026-03-04");
  }
}
