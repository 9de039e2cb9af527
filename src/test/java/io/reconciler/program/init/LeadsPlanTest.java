package io.reconciler.program.init;

import static io.reconciler.program.init.Bases.existing;
import static io.reconciler.program.init.Bases.field;
import static io.reconciler.program.init.Bases.fieldId;
import static io.reconciler.program.init.Bases.holding;
import static io.reconciler.program.init.Bases.link;
import static io.reconciler.program.init.Bases.nothing;
import static io.reconciler.program.init.Bases.of;
import static io.reconciler.program.init.Bases.plan;
import static io.reconciler.program.init.Bases.table;
import static io.reconciler.program.init.Bases.words;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reconciler.side.airtable.TableSchema;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.Owner;
import io.reconciler.world.World;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The mapping that comes with the program, fitted to a base that is not quite like it. */
class LeadsPlanTest {

  private static final Mapping BUILT_IN = World.defaultMapping();
  private static final String MODIFIED =
      "{'isValid':true,'referencedFieldIds':[],'result':{'type':'dateTime'}}";

  private final Map<String, ObjectNode> fields = new LinkedHashMap<>();

  LeadsPlanTest() {
    for (FieldMapping field : BUILT_IN.airtableFields()) {
      put(field(name(field), Objects.requireNonNull(field.airtableType())));
    }
    put(field("Last Modified Time", "lastModifiedTime", MODIFIED));
  }

  private static String name(FieldMapping field) {
    return Objects.requireNonNull(field.airtableField());
  }

  private void put(ObjectNode field) {
    fields.put(field.path("name").asText(), field);
  }

  private TableSchema leads() {
    return table("Leads", fields.values().toArray(ObjectNode[]::new));
  }

  private TablePlan planned(ExistingTables catalog, TableSchema... others) {
    List<TableSchema> tables = new ArrayList<>(List.of(others));
    tables.add(leads());
    List<TablePlan> plans = plan(catalog, Set.of(), tables.toArray(TableSchema[]::new));
    return plans.get(plans.size() - 1);
  }

  @Test
  void a_base_as_it_is_expected_gives_the_mapping_that_comes_with_the_program() {
    Mapping mapping = planned(nothing()).mapping();

    assertThat(mapping.fields()).containsExactlyInAnyOrderElementsOf(BUILT_IN.fields());
    assertThat(mapping.postgres()).isEqualTo(BUILT_IN.postgres());
    assertThat(mapping.lastModifiedField()).isEqualTo(BUILT_IN.lastModifiedField());
    assertThat(mapping.groups()).isEqualTo(BUILT_IN.groups());
    assertThat(mapping.name()).isEqualTo(BUILT_IN.name());
  }

  @Test
  void formulas_links_and_rich_text_are_fitted_in() {
    put(
        field(
            "ICP Score",
            "formula",
            "{'isValid':true,'result':{'type':'number','options':{'precision':1}}}"));
    put(field("SMS Eligible", "formula", "{'isValid':true,'result':{'type':'number'}}"));
    put(field("Notes", "richText"));
    put(link("Company", "Companies", true, ""));
    put(field("Score (new)", "number", "{'precision':0}"));
    TablePlan plan = planned(nothing(), table("Companies", field("Name", "singleLineText")));

    assertThat(of(plan, "ICP Score")).isEqualTo("icp_score integer integer");
    assertThat(of(plan, "SMS Eligible")).isEqualTo("sms_eligible boolean boolean");
    assertThat(of(plan, "Notes")).isEqualTo("notes text text");
    assertThat(of(plan, "Company")).isEqualTo("company_id uuid link to companies");
    assertThat(of(plan, "Score (new)")).isEqualTo("score_new bigint number");
    assertThat(plan.mapping().column("icp_score").computed()).isTrue();
    assertThat(plan.mapping().column("notes").owner()).isEqualTo(Owner.PORTAL);
    assertThat(plan.mapping().fields()).extracting(FieldMapping::column).doesNotContain("company");
    assertThat(plan.text())
        .contains("# \"ICP Score\": it shows 1 decimals; a fraction goes to the dead letters")
        .contains("# Columns that no field of the base feeds: company.\n");
  }

  @Test
  void a_lookup_of_the_linked_companys_name_feeds_the_column_for_it() {
    put(link("Company", "Companies", true, ""));
    put(
        field(
            "Company Name",
            "multipleLookupValues",
            "{'isValid':true,'recordLinkFieldId':'%s','result':{'type':'singleLineText'}}"
                .formatted(fieldId("Leads", "Company"))));
    TablePlan plan = planned(nothing());

    assertThat(of(plan, "Company Name")).isEqualTo("company varchar(255) text");
    assertThat(of(plan, "Company")).isEqualTo("company_ids text[] link");
  }

  @Test
  void what_the_portal_owns_is_airtables_where_airtable_computes_it() {
    put(field("Claimed By", "formula", "{'isValid':true,'result':{'type':'singleLineText'}}"));
    TablePlan plan = planned(nothing());

    assertThat(plan.mapping().column("claimed_by").owner()).isEqualTo(Owner.AIRTABLE);
    assertThat(plan.mapping().groups())
        .extracting(group -> group.name() + " " + group.fields().size())
        .containsExactly("claim 1", "notes 1");
  }

  @Test
  void a_leads_of_the_portals_keeps_its_shape() {
    ExistingTables catalog =
        holding(
            existing(
                "leads",
                BUILT_IN.fields().stream()
                    .map(field -> field.column() + " " + field.type().sql())
                    .reduce(
                        "*id uuid,client_id uuid,*airtable_record_id text,created_at timestamp with time zone,updated_at timestamp with time zone",
                        (a, b) -> a + "\n" + b)
                    .replaceFirst("timestamp with time zone,", "timestamp with time zone\n")
                    .replace("id uuid,", "id uuid\n")
                    .replace("text,created", "text\ncreated")
                    .split("\n")));
    TablePlan plan = planned(catalog);

    assertThat(plan.ddl()).isEmpty();
    assertThat(plan.mapping().fields().stream().map(Bases::words).toList())
        .containsExactlyInAnyOrderElementsOf(
            BUILT_IN.fields().stream().map(f -> words(f)).toList());
  }
}
