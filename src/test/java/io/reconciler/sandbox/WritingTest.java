package io.reconciler.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reconciler.sandbox.SandboxClient.Answer;
import io.reconciler.sandbox.table.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WritingTest extends SandboxTestBase {

  private static String batch(List<String> ids, String fields) {
    ArrayNode records = Json.array();
    for (String id : ids) {
      ObjectNode record = records.addObject().put("id", id);
      record.set("fields", Json.read(fields));
    }
    return Json.object().set("records", records).toString();
  }

  private Answer patch(String id, String fields) throws Exception {
    return client.send("PATCH", TABLE + "/" + id, "{\"fields\":" + fields + "}");
  }

  @Test
  void ten_records_are_updated_at_once_and_returned_whole() throws Exception {
    List<String> ids = create(10);

    Answer answer = client.send("PATCH", TABLE, batch(ids, "{\"Notes\":\"hello\"}"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.ids()).isEqualTo(ids);
    assertThat(answer.firstFields())
        .isEqualTo(
            Json.read(
                "{\"Name\":\"Lead 0\",\"Score\":0,\"Notes\":\"hello\","
                    + "\"Changed\":\"2026-03-04T12:00:00.000Z\","
                    + "\"Name Changed\":\"2026-03-04T12:00:00.000Z\"}"));
  }

  @Test
  void eleven_records_are_refused() throws Exception {
    List<String> ids = create(11);

    Answer answer = client.send("PATCH", TABLE, batch(ids, "{\"Notes\":\"hello\"}"));

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.errorType()).isEqualTo("INVALID_RECORDS");
    assertThat(table.cells(ids.get(0))).doesNotContainKey("Notes");
  }

  @Test
  void the_same_record_twice_is_refused() throws Exception {
    String id = create(1).get(0);

    Answer answer = client.send("PATCH", TABLE, batch(List.of(id, id), "{\"Notes\":\"x\"}"));

    assertThat(answer.status()).isEqualTo(422);
  }

  @Test
  void a_batch_with_one_bad_value_changes_nothing() throws Exception {
    List<String> ids = create(2);
    String body =
        "{\"records\":[{\"id\":\"%s\",\"fields\":{\"Notes\":\"x\"}},{\"id\":\"%s\",\"fields\":{\"At\":\"soon\"}}]}"
            .formatted(ids.get(0), ids.get(1));

    Answer answer = client.send("PATCH", TABLE, body);

    assertThat(answer.status()).isEqualTo(422);
    assertThat(table.cells(ids.get(0))).doesNotContainKey("Notes");
    assertThat(sandbox.writes()).isEmpty();
  }

  @Test
  void an_absent_record_spoils_a_batch() throws Exception {
    List<String> ids = create(1);

    Answer answer =
        client.send("PATCH", TABLE, batch(List.of(ids.get(0), UNKNOWN), "{\"Notes\":\"x\"}"));

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.errorType()).isEqualTo("ROW_DOES_NOT_EXIST");
    assertThat(answer.errorMessage())
        .isEqualTo("Record ID " + UNKNOWN + " does not exist in this table");
    assertThat(table.cells(ids.get(0))).doesNotContainKey("Notes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PATCH", "PUT", "DELETE"})
  void an_absent_single_record_is_not_found(String method) throws Exception {
    Answer answer = client.send(method, TABLE + "/" + UNKNOWN, "{\"fields\":{}}");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.errorType()).isEqualTo("MODEL_ID_NOT_FOUND");
    assertThat(answer.errorMessage()).isEqualTo("Record not found");
  }

  @Test
  void null_clears_a_cell_and_the_log_shows_what_was_sent() throws Exception {
    String id = table.create(Map.of("Name", "Ada", "Notes", "old"));

    Answer answer = patch(id, "{\"Notes\":null}");

    assertThat(answer.json().path("fields").has("Notes")).isFalse();
    assertThat(sandbox.writes())
        .singleElement()
        .satisfies(
            write -> {
              assertThat(write.recordId()).isEqualTo(id);
              assertThat(write.baseId()).isEqualTo(BASE);
              assertThat(write.table()).isEqualTo("Leads");
              assertThat(write.fields()).containsExactly(Map.entry("Notes", Json.cell(null)));
              assertThat(write.changed()).isTrue();
            });
  }

  @Test
  void a_write_of_the_present_value_is_logged_as_no_change() throws Exception {
    String id = table.create(Map.of("Score", 5));

    patch(id, "{\"Score\":5.0}");

    assertThat(sandbox.writes()).singleElement().matches(write -> !write.changed());
  }

  @Test
  void put_clears_what_it_does_not_name() throws Exception {
    String id = table.create(Map.of("Name", "Ada", "Score", 5, "Sum", 7));

    Answer answer = client.send("PUT", TABLE + "/" + id, "{\"fields\":{\"Score\":6}}");

    assertThat(answer.json().path("fields").has("Name")).isFalse();
    assertThat(answer.json().at("/fields/Score").asInt()).isEqualTo(6);
    assertThat(answer.json().at("/fields/Sum").asInt()).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"Sum\":1} | INVALID_VALUE_FOR_COLUMN | Field \"Sum\" cannot accept a value because the field is computed",
        "{\"Changed\":null} | INVALID_VALUE_FOR_COLUMN | Field \"Changed\" cannot accept a value because the field is computed",
        "{\"Score\":\"5\"} | INVALID_VALUE_FOR_COLUMN | Field \"Score\" cannot accept the provided value",
        "{\"Stop\":\"yes\"} | INVALID_VALUE_FOR_COLUMN | Field \"Stop\" cannot accept the provided value",
        "{\"Name\":{}} | INVALID_VALUE_FOR_COLUMN | Field \"Name\" cannot accept the provided value",
        "{\"Name\":5} | INVALID_VALUE_FOR_COLUMN | Field \"Name\" cannot accept the provided value",
        "{\"At\":\"soon\"} | INVALID_VALUE_FOR_COLUMN | Cannot parse date value \"soon\" for field At",
        "{\"Day\":\"2026-01-01T10:00:00Z\"} | INVALID_VALUE_FOR_COLUMN | Cannot parse date value \"2026-01-01T10:00:00Z\" for field Day",
        "{\"Status\":\"Odd\"} | INVALID_MULTIPLE_CHOICE_OPTIONS | Insufficient permissions to create new select option \"\"Odd\"\"",
        "{\"Status\":\"\"} | INVALID_MULTIPLE_CHOICE_OPTIONS | Insufficient permissions to create new select option \"\"\"\"",
        "{\"Tags\":[\"z\"]} | INVALID_MULTIPLE_CHOICE_OPTIONS | Insufficient permissions to create new select option \"\"z\"\"",
        "{\"Nope\":1} | UNKNOWN_FIELD_NAME | Unknown field name: \"Nope\""
      })
  void a_value_the_field_refuses_is_an_error(String fields, String type, String message)
      throws Exception {
    Answer answer = patch(create(1).get(0), fields);

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.errorType()).isEqualTo(type);
    assertThat(answer.errorMessage()).isEqualTo(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "At | \"2026-01-02T03:04:05.678Z\" | \"2026-01-02T03:04:05.678Z\"",
        "At | \"2026-01-02T03:04:05.678912Z\" | \"2026-01-02T03:04:05.678Z\"",
        "At | \"2026-01-02T03:04:05+01:00\" | \"2026-01-02T02:04:05.000Z\"",
        "At | \"2026-01-02T03:04:05\" | \"2026-01-02T03:04:05.000Z\"",
        "At | \"2026-01-02\" | \"2026-01-02T00:00:00.000Z\"",
        "At | 1640520000000 | \"2021-12-26T12:00:00.000Z\"",
        "Day | \"2026-01-02\" | \"2026-01-02\"",
        "Score | 1.50 | 1.5",
        "Stop | true | true",
        "Status | \"Done\" | \"Done\"",
        "Tags | [\"a\",\"b\"] | [\"a\",\"b\"]",
        "Email | \"not an address\" | \"not an address\"",
        "Notes | \"tab\\tand\\nlines ✓ 😀\" | \"tab\\tand\\nlines ✓ 😀\""
      })
  void a_good_value_is_read_back_in_airtables_form(String field, String sent, String read)
      throws Exception {
    String id = create(1).get(0);

    patch(id, "{\"" + field + "\":" + sent + "}");

    assertThat(client.get(TABLE + "/" + id).json().path("fields").path(field))
        .isEqualTo(Json.cell(Json.read(read)));
  }

  @Test
  void a_text_has_a_limit_of_100_000_characters() throws Exception {
    String id = create(1).get(0);

    assertThat(patch(id, "{\"Notes\":\"" + "x".repeat(100_000) + "\"}").status()).isEqualTo(200);
    assertThat(patch(id, "{\"Notes\":\"" + "x".repeat(100_001) + "\"}").status()).isEqualTo(422);
  }

  @Test
  void typecast_converts_and_creates_options() throws Exception {
    String id = create(1).get(0);
    String body =
        "{\"typecast\":true,\"fields\":{\"Score\":\"12\",\"Status\":\"Brand New\",\"Name\":5}}";

    Answer answer = client.send("PATCH", TABLE + "/" + id, body);

    assertThat(answer.json().at("/fields/Score").asInt()).isEqualTo(12);
    assertThat(answer.json().at("/fields/Name").textValue()).isEqualTo("5");
    assertThat(table.field("Status").choices()).containsExactly("New", "Done", "Brand New");
  }

  @Test
  void typecast_in_the_query_is_ignored() throws Exception {
    String id = create(1).get(0);

    Answer answer =
        client.send(
            "PATCH", TABLE + "/" + id + "?typecast=true", "{\"fields\":{\"Score\":\"12\"}}");

    assertThat(answer.status()).isEqualTo(422);
  }

  @Test
  void records_are_created_one_or_many_at_a_time() throws Exception {
    Answer one = client.send("POST", TABLE, "{\"fields\":{\"Name\":\"Ada\"}}");
    Answer many =
        client.send(
            "POST", TABLE, "{\"records\":[{\"fields\":{\"Name\":\"Bo\"}},{\"fields\":{}}]}");

    assertThat(one.json().path("createdTime").asText()).isEqualTo("2026-03-04T12:00:00.000Z");
    assertThat(table.cells(one.json().path("id").asText()).get("Name")).isEqualTo(Json.cell("Ada"));
    assertThat(many.ids()).hasSize(2).allMatch(table::exists);
    assertThat(table.size()).isEqualTo(3);
  }

  @Test
  void a_creation_with_a_bad_record_leaves_none_behind() throws Exception {
    Answer answer =
        client.send(
            "POST",
            TABLE,
            "{\"records\":[{\"fields\":{\"Name\":\"Bo\"}},{\"fields\":{\"Sum\":1}}]}");

    assertThat(answer.status()).isEqualTo(422);
    assertThat(table.size()).isZero();
  }

  @Test
  void records_are_deleted_one_or_many_at_a_time() throws Exception {
    List<String> ids = create(4);

    Answer one = client.send("DELETE", TABLE + "/" + ids.get(0), "");
    Answer many =
        client.send(
            "DELETE", TABLE + "?records%5B%5D=" + ids.get(1) + "&records%5B%5D=" + ids.get(2), "");

    assertThat(one.json()).isEqualTo(Json.object().put("deleted", true).put("id", ids.get(0)));
    assertThat(many.ids()).containsExactly(ids.get(1), ids.get(2));
    assertThat(table.ids()).containsExactly(ids.get(3));
  }

  @Test
  void a_single_id_without_brackets_is_no_array() throws Exception {
    String id = create(1).get(0);

    Answer answer = client.send("DELETE", TABLE + "?records=" + id, "");

    assertThat(answer.errorType()).isEqualTo("INVALID_RECORDS");
    assertThat(table.exists(id)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{oops | INVALID_REQUEST_BODY",
        "[] | INVALID_REQUEST_UNKNOWN",
        "{} | INVALID_REQUEST_MISSING_FIELDS",
        "{\"records\":[]} | INVALID_RECORDS",
        "{\"records\":[{\"fields\":{}}]} | INVALID_RECORDS",
        "{\"records\":[],\"performUpsert\":{}} | INVALID_REQUEST_UNKNOWN"
      })
  void a_body_that_makes_no_sense_is_refused(String body, String type) throws Exception {
    Answer answer = client.send("PATCH", TABLE, body);

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.errorType()).isEqualTo(type);
  }

  @Test
  void a_body_of_more_than_a_mebibyte_is_too_large() throws Exception {
    String body = "{\"fields\":{\"Notes\":\"" + "x".repeat(1 << 20) + "\"}}";

    assertThat(client.send("PATCH", TABLE + "/" + create(1).get(0), body).status()).isEqualTo(413);
  }
}
