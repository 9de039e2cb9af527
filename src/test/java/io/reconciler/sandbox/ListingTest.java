package io.reconciler.sandbox;

import static io.reconciler.sandbox.SandboxClient.encoded;
import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.sandbox.SandboxClient.Answer;
import io.reconciler.sandbox.table.Json;
import io.reconciler.sandbox.table.SandboxField;
import io.reconciler.sandbox.table.SandboxTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListingTest extends SandboxTestBase {

  @Test
  void every_record_is_listed_once_over_all_pages() throws Exception {
    List<String> ids = create(250);

    assertThat(listAll("pageSize=100")).containsExactlyInAnyOrderElementsOf(ids);
    assertThat(sandbox.requests()).hasSize(3);
  }

  @Test
  void without_sort_and_view_the_order_is_that_of_the_ids() throws Exception {
    List<String> ids = new ArrayList<>(create(30));

    Collections.sort(ids);

    assertThat(listAll("")).isEqualTo(ids);
  }

  @Test
  void the_view_gives_the_order_of_creation() throws Exception {
    List<String> ids = create(30);

    assertThat(listAll("view=Grid+view")).isEqualTo(ids);
    assertThat(client.get(TABLE + "?view=Nope").errorType()).isEqualTo("VIEW_NAME_NOT_FOUND");
  }

  @Test
  void an_offset_names_the_iterator_and_the_last_record() throws Exception {
    create(3);

    Answer page = client.get(TABLE + "?pageSize=2");

    assertThat(page.offset()).matches("itr[0-9A-Za-z]{14}/" + page.ids().get(1));
  }

  @Test
  void membership_is_fixed_by_the_first_page_but_values_are_live() throws Exception {
    List<String> ids = create(4);
    sandbox.beforePage(
        2,
        () -> {
          table.update(ids.get(3), Map.of("Name", "changed", "Score", -1));
          table.create(Map.of("Name", "late", "Score", 9));
        });
    String query = "?view=Grid+view&pageSize=2&filterByFormula=" + encoded("{Score}>=0");

    Answer first = client.get(TABLE + query);
    Answer second = client.get(TABLE + query + "&offset=" + encoded(first.offset()));

    assertThat(second.ids()).containsExactly(ids.get(2), ids.get(3));
    assertThat(second.json().at("/records/1/fields/Name").asText()).isEqualTo("changed");
    assertThat(second.offset()).isEmpty();
  }

  @Test
  void a_record_deleted_between_pages_makes_its_page_shorter() throws Exception {
    List<String> ids = create(6);
    sandbox.beforePage(2, () -> table.delete(ids.get(2)));

    assertThat(listAll("view=Grid+view&pageSize=2"))
        .containsExactly(ids.get(0), ids.get(1), ids.get(3), ids.get(4), ids.get(5));
  }

  @Test
  void a_forgotten_listing_is_refused_without_a_message() throws Exception {
    create(3);
    String offset = client.get(TABLE + "?pageSize=2").offset();
    sandbox.expireIterators();

    Answer answer = client.get(TABLE + "?pageSize=2&offset=" + encoded(offset));

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.text())
        .isEqualTo("{\"error\":{\"type\":\"LIST_RECORDS_ITERATOR_NOT_AVAILABLE\"}}");
  }

  @Test
  void a_listing_is_forgotten_after_minutes_of_silence() throws Exception {
    create(3);
    String offset = client.get(TABLE + "?pageSize=2").offset();
    clock.forward(Duration.ofMinutes(6));

    Answer answer = client.get(TABLE + "?pageSize=2&offset=" + encoded(offset));

    assertThat(answer.errorType()).isEqualTo("LIST_RECORDS_ITERATOR_NOT_AVAILABLE");
  }

  @Test
  void a_malformed_offset_is_refused() throws Exception {
    Answer answer = client.get(TABLE + "?offset=junk");

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.errorType()).isEqualTo("INVALID_OFFSET_VALUE");
    assertThat(answer.errorMessage()).isEqualTo("The value of offset junk is invalid");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pageSize=101", "pageSize=0", "pageSize=x", "maxRecords=-1"})
  void a_page_size_out_of_range_is_refused(String query) throws Exception {
    assertThat(client.get(TABLE + "?" + query).status()).isEqualTo(422);
  }

  @Test
  void max_records_counts_over_all_pages() throws Exception {
    create(9);

    assertThat(listAll("pageSize=2&maxRecords=5")).hasSize(5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fields[]=Name&fields[]=Score",
        "fields=Name&fields=Score",
        "fields[0]=Name&fields[1]=Score"
      })
  void only_the_fields_asked_for_are_returned(String query) throws Exception {
    table.create(Map.of("Name", "Ada", "Score", 1, "Email", "ada@example.com"));

    Answer answer = client.get(TABLE + "?" + query.replace("[", "%5B").replace("]", "%5D"));

    assertThat(answer.firstFields()).isEqualTo(Json.read("{\"Name\":\"Ada\",\"Score\":1}"));
  }

  @Test
  void fields_can_be_asked_for_and_returned_by_id() throws Exception {
    table.create(Map.of("Name", "Ada", "Score", 1));
    String id = table.field("Name").id();

    Answer answer = client.get(TABLE + "?returnFieldsByFieldId=true&fields%5B%5D=" + id);

    assertThat(answer.firstFields()).isEqualTo(Json.object().put(id, "Ada"));
  }

  @Test
  void an_unknown_field_is_named_in_the_error() throws Exception {
    Answer answer = client.get(TABLE + "?fields%5B%5D=No+Such");

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.errorType()).isEqualTo("UNKNOWN_FIELD_NAME");
    assertThat(answer.errorMessage()).isEqualTo("Unknown field name: \"No Such\"");
  }

  @Test
  void empty_cells_are_left_out() throws Exception {
    table.create(Map.of("Name", "", "Stop", false, "Tags", List.of(), "Score", 0));

    Answer answer = client.get(TABLE + "?fields=Name&fields=Stop&fields=Tags&fields=Score");

    assertThat(answer.firstFields()).isEqualTo(Json.read("{\"Score\":0}"));
  }

  @Test
  void records_are_sorted_by_several_keys_with_empty_cells_first() throws Exception {
    String b2 = table.create(Map.of("Name", "b", "Score", 2));
    String a10 = table.create(Map.of("Name", "A", "Score", 10));
    String b10 = table.create(Map.of("Name", "B", "Score", 10));
    String none = table.create(Map.of("Name", "c"));

    String sort = "sort[0][field]=Score&sort[1][field]=Name&sort[1][direction]=desc";

    assertThat(listAll(sort.replace("[", "%5B").replace("]", "%5D")))
        .containsExactly(none, b2, b10, a10);
  }

  @Test
  void a_post_lists_like_a_get() throws Exception {
    List<String> ids = create(5);
    String body =
        "{\"pageSize\":2,\"fields\":[\"Name\"],\"filterByFormula\":\"{Score}>1\","
            + "\"sort\":[{\"field\":\"Score\",\"direction\":\"desc\"}]}";

    Answer answer = client.send("POST", TABLE + "/listRecords", body);

    assertThat(answer.ids()).containsExactly(ids.get(4), ids.get(3));
    assertThat(answer.firstFields()).isEqualTo(Json.read("{\"Name\":\"Lead 4\"}"));
    assertThat(answer.offset()).isNotEmpty();
  }

  @Test
  void a_formula_that_airtable_refuses_is_refused_in_its_words() throws Exception {
    Answer answer = client.get(TABLE + "?filterByFormula=" + encoded("{Nope}=1"));

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.errorType()).isEqualTo("INVALID_FILTER_BY_FORMULA");
    assertThat(answer.errorMessage())
        .isEqualTo("The formula for filtering records is invalid: Unknown field names: nope");
  }

  @Test
  void a_renamed_field_breaks_a_formula_by_name_but_not_by_id() throws Exception {
    create(1);
    String id = table.field("Score").id();
    table.renameField("Score", "Points");

    assertThat(client.get(TABLE + "?filterByFormula=" + encoded("{Score}=0")).status())
        .isEqualTo(422);
    assertThat(client.get(TABLE + "?filterByFormula=" + encoded("{" + id + "}=0")).ids())
        .hasSize(1);
  }

  @Test
  void a_removed_field_just_disappears() throws Exception {
    create(1);
    table.removeField("Score");

    assertThat(client.get(TABLE).firstFields().has("Score")).isFalse();
  }

  @Test
  void a_hundred_ids_are_found_in_a_large_table() throws Exception {
    List<String> ids = create(20_000);
    List<String> wanted = ids.subList(10_000, 10_100);
    List<String> tests = wanted.stream().map(id -> "RECORD_ID()='" + id + "'").toList();

    Answer answer =
        client.send(
            "POST",
            TABLE + "/listRecords",
            Json.object().put("filterByFormula", "OR(" + String.join(",", tests) + ")").toString());

    assertThat(answer.ids()).containsExactlyInAnyOrderElementsOf(wanted);
  }

  @Test
  void one_record_is_read_from_whichever_table_of_the_base_holds_it() throws Exception {
    SandboxTable other = base.addTable("Other", List.of(SandboxField.of("Name", "singleLineText")));
    String id = other.create(Map.of("Name", "elsewhere"));

    Answer answer = client.get(TABLE + "/" + id);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().at("/fields/Name").asText()).isEqualTo("elsewhere");
  }

  @Test
  void a_missing_record_has_two_forms() throws Exception {
    Answer usual = client.get(TABLE + "/" + UNKNOWN);
    sandbox.setMissingRecordForbidden(true);
    Answer other = client.get(TABLE + "/" + UNKNOWN);

    assertThat(usual.status()).isEqualTo(404);
    assertThat(usual.errorType()).isEqualTo("MODEL_ID_NOT_FOUND");
    assertThat(other.status()).isEqualTo(403);
    assertThat(other.errorType()).isEqualTo("INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND");
  }

  @Test
  void a_deleted_and_restored_record_is_back_with_its_old_times() throws Exception {
    String id = create(1).get(0);
    String before = client.get(TABLE + "/" + id).text();
    clock.forward(Duration.ofHours(1));

    table.delete(id);
    int whileGone = client.get(TABLE + "/" + id).status();
    table.restore(id);

    assertThat(whileGone).isEqualTo(404);
    assertThat(client.get(TABLE + "/" + id).text()).isEqualTo(before);
  }

  @Test
  void cells_can_be_read_as_text() throws Exception {
    table.create(Map.of("Score", 5, "Tags", List.of("a", "b")));

    Answer answer = client.get(TABLE + "?cellFormat=string&fields=Score&fields=Tags");

    assertThat(answer.firstFields()).isEqualTo(Json.read("{\"Score\":\"5\",\"Tags\":\"a, b\"}"));
  }
}
