package io.reconciler.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.sandbox.SandboxClient.Answer;
import io.reconciler.sandbox.table.Json;
import io.reconciler.sandbox.table.SandboxField;
import io.reconciler.sandbox.table.SandboxTable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The field types beyond texts and numbers, as the API reads and writes them. */
class FieldTypesTest extends SandboxTestBase {

  private static final String PEOPLE = "/" + BASE + "/People";

  private SandboxTable companies;
  private SandboxTable people;
  private String ada;

  @BeforeEach
  void tables() {
    companies =
        base.addTable(
            "Companies",
            List.of(
                SandboxField.of("Name", "singleLineText"),
                SandboxField.of("Seats", "number"),
                SandboxField.formula("Big", "{Seats}>10", "number"),
                SandboxField.formula("Since", "CREATED_TIME()", "date"),
                SandboxField.formula("Bad", "{Name}*2", "number")));
    people =
        base.addTable(
            "People",
            List.of(
                SandboxField.of("Name", "singleLineText"),
                SandboxField.of("Files", "multipleAttachments"),
                SandboxField.of("Owner", "singleCollaborator"),
                SandboxField.of("Team", "multipleCollaborators"),
                SandboxField.of("Code", "barcode"),
                SandboxField.of("Stars", "rating"),
                SandboxField.of("Price", "currency"),
                SandboxField.of("Share", "percent"),
                SandboxField.of("Time", "duration"),
                SandboxField.of("Brief", "richText"),
                SandboxField.of("Tags", "multipleSelects").withChoices(List.of("a", "b")),
                SandboxField.of("Author", "createdBy"),
                SandboxField.of("Editor", "lastModifiedBy"),
                SandboxField.of("No", "autoNumber"),
                SandboxField.of("Open", "button"),
                SandboxField.of("Summary", "aiText"),
                SandboxField.of("Born", "createdTime")));
    people.addLink("Company", companies, true, "People");
    people.addOver("multipleLookupValues", "Company Name", "Company", "Name");
    people.addOver("rollup", "Seats", "Company", "Seats");
    people.addCount("Companies", "Company");
    ada = people.create(Map.of("Name", "Ada"));
  }

  private Answer write(String fields, boolean typecast) throws IOException, InterruptedException {
    return client.send(
        "PATCH",
        PEOPLE + "/" + ada,
        "{\"fields\":%s,\"typecast\":%s}".formatted(fields.replace('\'', '"'), typecast));
  }

  private JsonNode cell(String field) {
    return people.cells(ada).getOrDefault(field, Json.cell(null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          Owner | {'email':'ada@example.com'}   | {'id':'usrSandbox0000001','email':'ada@example.com','name':'Ada Quinn'}
          Owner | {'id':'usrSandbox0000002'}    | {'id':'usrSandbox0000002','email':'ben@example.com','name':'Ben Okafor'}
          Team  | [{'email':'ben@example.com'}] | [{'id':'usrSandbox0000002','email':'ben@example.com','name':'Ben Okafor'}]
          Code  | {'text':'4006381'}            | {'text':'4006381'}
          Stars | 3                             | 3
          Price | 12.5                          | 12.5
          Share | 0.123                         | 0.123
          Time  | 3600                          | 3600
          Tags  | ['b','a','b']                 | ['b','a']
          Brief | '**x**'                       | '**x**'
          Brief | null                          | '\\n'
          """)
  void a_value_is_taken_in_the_form_that_the_api_wants(String field, String value, String read)
      throws Exception {
    Answer answer = write("{'" + field + "':" + value + "}", false);

    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(cell(field)).hasToString(read.replace('\'', '"'));
    assertThat(answer.json().path("fields").path(field)).hasToString(cell(field).toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          Owner   | 'ada@example.com'           | Field "Owner" cannot accept the provided value
          Owner   | {'email':'no@example.com'}  | Field "Owner" cannot accept the provided value
          Team    | {'email':'ada@example.com'} | Field "Team" cannot accept the provided value
          Code    | '4006381'                   | Field "Code" cannot accept the provided value
          Stars   | 6                           | Field "Stars" cannot accept the provided value
          Stars   | 1.5                         | Field "Stars" cannot accept the provided value
          Price   | '12'                        | Field "Price" cannot accept the provided value
          Tags    | 'a'                         | Field "Tags" cannot accept the provided value
          Tags    | ['c']                       | Insufficient permissions to create new select option ""c""
          Files   | [{'url':'no address'}]      | Field "Files" cannot accept the provided value
          Company | 'Acme'                      | Field "Company" cannot accept the provided value
          Company | ['recUnknown0000001']       | Record ID recUnknown0000001 does not exist in this table
          Author  | {'email':'ada@example.com'} | Field "Author" cannot accept a value because the field is computed
          Open    | {'label':'x'}               | Field "Open" cannot accept a value because the field is computed
          Summary | 'x'                         | Field "Summary" cannot accept a value because the field is computed
          Seats   | 1                           | Field "Seats" cannot accept a value because the field is computed
          """)
  void another_form_is_refused_as_airtable_does(String field, String value, String message)
      throws Exception {
    Answer answer = write("{'" + field + "':" + value + "}", false);

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.errorMessage()).isEqualTo(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          Tags  | ['c']             | ['c']
          Tags  | 'a'               | ['a']
          Code  | '4006381'         | {'text':'4006381'}
          Price | '12.5'            | 12.5
          Owner | 'ben@example.com' | {'id':'usrSandbox0000002','email':'ben@example.com','name':'Ben Okafor'}
          """)
  void typecast_takes_what_people_write(String field, String value, String read) throws Exception {
    assertThat(write("{'" + field + "':" + value + "}", true).status()).isEqualTo(200);
    assertThat(cell(field)).hasToString(read.replace('\'', '"'));
  }

  @Test
  void a_link_shows_on_both_sides_and_feeds_what_looks_through_it() throws Exception {
    String acme = companies.create(Map.of("Name", "Acme", "Seats", 12));
    write("{'Company':['" + acme + "']}", false);

    assertThat(companies.cells(acme).get("People")).isEqualTo(Json.array().add(ada));
    assertThat(companies.cells(acme).get("Big").asInt()).isEqualTo(1);
    assertThat(companies.cells(acme).get("Since").asText()).isEqualTo("2026-03-04");
    assertThat(companies.cells(acme).get("Bad").path("error").asText()).isEqualTo("#ERROR!");
    assertThat(cell("Company Name")).isEqualTo(Json.array().add("Acme"));
    assertThat(cell("Seats").asInt()).isEqualTo(12);
    assertThat(cell("Companies").asInt()).isEqualTo(1);

    companies.delete(acme);
    assertThat(people.cells(ada)).doesNotContainKeys("Company", "Company Name");
    companies.restore(acme);
    assertThat(cell("Company")).isEqualTo(Json.array().add(acme));

    write("{'Company':null}", false);
    assertThat(companies.cells(acme)).doesNotContainKey("People");
  }

  @Test
  void a_link_moves_the_time_of_the_other_record_and_computed_cells_move_none() {
    String acme = companies.create(Map.of("Name", "Acme", "Seats", 12));
    clock.forward(Duration.ofMinutes(1));
    people.update(ada, Map.of("Company", List.of(acme)));
    assertThat(companies.modified(acme)).isEqualTo(clock.instant());

    clock.forward(Duration.ofMinutes(1));
    companies.update(acme, Map.of("Seats", 13));
    assertThat(people.modified(ada)).isEqualTo(clock.instant().minusSeconds(60));
    assertThat(cell("Seats").asInt()).isEqualTo(13);
  }

  @Test
  void typecast_finds_or_makes_the_linked_record_by_its_name() throws Exception {
    String acme = companies.create(Map.of("Name", "Acme"));
    write("{'Company':['Acme','New Inc']}", true);

    assertThat(companies.size()).isEqualTo(2);
    assertThat(cell("Company").get(0).asText()).isEqualTo(acme);
    assertThat(companies.cells(cell("Company").get(1).asText()).get("Name").asText())
        .isEqualTo("New Inc");
  }

  @Test
  void an_attachment_keeps_its_id_and_changes_its_address() throws Exception {
    write("{'Files':[{'url':'https://x.example/a.pdf'}]}", false);
    JsonNode first = cell("Files").get(0);
    clock.forward(Duration.ofHours(3));
    JsonNode later = cell("Files").get(0);

    assertThat(first.path("id").asText()).matches("att[0-9A-Za-z]{14}");
    assertThat(first.path("filename").asText()).isEqualTo("a.pdf");
    assertThat(later.path("id")).isEqualTo(first.path("id"));
    assertThat(later.path("url")).isNotEqualTo(first.path("url"));
  }

  @Test
  void who_made_and_who_edited_a_record_is_known() throws Exception {
    assertThat(cell("Author").path("name").asText()).isEqualTo("Ben Okafor");
    write("{'Name':'Ada B.'}", false);
    assertThat(cell("Editor").path("name").asText()).isEqualTo("Ada Quinn");
    assertThat(cell("Author").path("name").asText()).isEqualTo("Ben Okafor");
  }

  @Test
  void answers_go_by_field_id_when_asked_for() throws Exception {
    String id = people.field("Stars").id();
    Answer answer =
        client.send(
            "PATCH",
            PEOPLE + "/" + ada,
            "{\"fields\":{\"%s\":4},\"returnFieldsByFieldId\":true}".formatted(id));

    assertThat(answer.json().path("fields").path(id).asInt()).isEqualTo(4);
    assertThat(answer.json().path("fields").has("Stars")).isFalse();
  }

  @Test
  void the_metadata_says_what_a_field_links_to_and_looks_up() throws Exception {
    JsonNode fields = client.get("/meta/bases/" + BASE + "/tables").json().at("/tables/2/fields");
    JsonNode link = options(fields, "Company");
    JsonNode lookup = options(fields, "Company Name");

    assertThat(link.path("linkedTableId").asText()).isEqualTo(companies.id());
    assertThat(link.path("prefersSingleRecordLink").asBoolean()).isTrue();
    assertThat(link.path("inverseLinkFieldId").asText()).isEqualTo(companies.field("People").id());
    assertThat(lookup.path("recordLinkFieldId").asText()).isEqualTo(people.field("Company").id());
    assertThat(lookup.path("fieldIdInLinkedTable").asText())
        .isEqualTo(companies.field("Name").id());
    assertThat(lookup.at("/result/type").asText()).isEqualTo("singleLineText");
    assertThat(options(fields, "Stars").path("max").asInt()).isEqualTo(5);
    assertThat(options(fields, "Time").path("durationFormat").asText()).isEqualTo("h:mm");
  }

  private static JsonNode options(JsonNode fields, String name) {
    for (JsonNode field : fields) {
      if (field.path("name").asText().equals(name)) {
        return field.path("options");
      }
    }
    throw new AssertionError("no field " + name);
  }
}
