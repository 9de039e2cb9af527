package io.reconciler.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetaTest extends SandboxTestBase {

  private static final String TABLES = "/meta/bases/" + BASE + "/tables";

  private JsonNode field(String name) throws Exception {
    for (JsonNode field : client.get(TABLES).json().at("/tables/0/fields")) {
      if (field.path("name").asText().equals(name)) {
        return field;
      }
    }
    throw new AssertionError("no field " + name);
  }

  @Test
  void whoami_needs_no_scope() throws Exception {
    sandbox.revokeScope("patGood", "schema.bases:read");

    assertThat(client.get("/meta/whoami").json().path("id").asText()).startsWith("usr");
  }

  @Test
  void the_bases_of_a_token_are_listed_with_its_permission() throws Exception {
    sandbox.base("appSandbox0000002").revoke("patGood");
    base.setReadOnly(true);

    JsonNode bases = client.get("/meta/bases").json().path("bases");

    assertThat(bases).hasSize(1);
    assertThat(bases.get(0).path("id").asText()).isEqualTo(BASE);
    assertThat(bases.get(0).path("permissionLevel").asText()).isEqualTo("read");
  }

  @Test
  void the_schema_needs_its_scope() throws Exception {
    sandbox.revokeScope("patGood", "schema.bases:read");

    assertThat(client.get(TABLES).status()).isEqualTo(403);
    assertThat(new SandboxClient(sandbox, "patOther").get(TABLES).status()).isEqualTo(200);
  }

  @Test
  void a_table_is_described_with_its_fields_and_view() throws Exception {
    JsonNode described = client.get(TABLES).json().at("/tables/0");

    assertThat(described.path("id").asText()).isEqualTo(table.id());
    assertThat(described.path("name").asText()).isEqualTo("Leads");
    assertThat(described.path("primaryFieldId").asText()).isEqualTo(table.field("Name").id());
    assertThat(described.path("fields")).hasSize(table.fields().size());
    assertThat(described.at("/views/0/name").asText()).isEqualTo("Grid view");
  }

  @Test
  void a_modified_time_tells_what_it_watches_and_yields() throws Exception {
    JsonNode all = field("Changed").path("options");
    JsonNode some = field("Name Changed").path("options");

    assertThat(all.path("isValid").asBoolean()).isTrue();
    assertThat(all.path("referencedFieldIds")).isEmpty();
    assertThat(all.at("/result/type").asText()).isEqualTo("dateTime");
    assertThat(some.at("/referencedFieldIds/0").asText()).isEqualTo(table.field("Name").id());
  }

  @Test
  void a_select_lists_its_choices_under_stable_ids() throws Exception {
    JsonNode choices = field("Status").at("/options/choices");
    List<String> names = new ArrayList<>();
    choices.forEach(choice -> names.add(choice.path("name").asText()));

    assertThat(names).containsExactly("New", "Done");
    assertThat(choices.get(0).path("id").asText()).matches("sel[0-9A-Za-z]{14}");
    assertThat(field("Status").at("/options/choices")).isEqualTo(choices);
  }

  @Test
  void a_date_and_time_is_in_utc_and_a_text_has_no_options() throws Exception {
    assertThat(field("At").at("/options/timeZone").asText()).isEqualTo("utc");
    assertThat(field("Name").has("options")).isFalse();
  }
}
