package io.reconciler.program.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.program.command.CommandWorld.Answer;
import io.reconciler.sandbox.samples.SampleLeads;
import io.reconciler.sandbox.table.SandboxField;
import io.reconciler.sandbox.table.SandboxTable;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.world.SideBySide;
import io.reconciler.world.World;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A base of leads with formulas, a link and a rich text where the mapping expects none. */
@SideBySide(SideBySide.Lane.COMMANDS)
class AdaptedLeadsTest {

  private static final int LEADS = 40;

  @TempDir private Path folder;

  private static SandboxTable leads(CommandWorld world) {
    Mapping mapping = World.defaultMapping();
    List<String[]> fields =
        mapping.airtableFields().stream().map(AdaptedLeadsTest::nameAndType).toList();
    SandboxTable companies =
        world
            .base()
            .addTable(
                "Companies",
                List.of(
                    SandboxField.of("Name", "singleLineText"),
                    SandboxField.lastModified("Changed")));
    SandboxTable leads =
        world
            .base()
            .addTable(mapping.table(), SampleLeads.fields(fields, mapping.lastModifiedField()));
    for (String name : List.of("ICP Score", "SMS Eligible", "Company")) {
      leads.removeField(name);
    }
    leads.addField(SandboxField.formula("ICP Score", "LEN({Email})*2", "number"));
    leads.addField(SandboxField.formula("SMS Eligible", "NOT({SMS Stop})", "number"));
    leads.addLink("Company", companies, true, "Leads");
    SampleLeads.fill(leads, LEADS, 3, Instant.now());
    String acme = companies.create(Map.of("Name", "Acme"));
    leads.ids().forEach(id -> leads.update(id, Map.of("Company", List.of(acme))));
    return leads;
  }

  private static String[] nameAndType(FieldMapping field) {
    boolean rich = "Notes".equals(field.airtableField());
    return new String[] {
      Objects.requireNonNull(field.airtableField()),
      rich ? "richText" : Objects.requireNonNull(field.airtableType())
    };
  }

  @Test
  void it_is_synced_without_an_error_by_the_mapping_that_init_adapts() throws IOException {
    try (CommandWorld world = new CommandWorld(folder)) {
      SandboxTable leads = leads(world);
      Answer init = world.run("init", "--out", folder.toString(), "--apply");
      assertThat(init.code()).as(init.err()).isZero();

      Answer full = world.run("sync", "--full", "--json");
      assertThat(full.code()).as(full.out() + full.err()).isZero();
      JsonNode result = full.json();
      assertThat(result.at("/stage1/errorCount").asInt()).isZero();
      assertThat(result.at("/stage1/inserted").asInt()).isEqualTo(LEADS + 1);
      Answer verify = world.run("verify", "--json");
      assertThat(verify.code()).as(verify.out()).isZero();

      String id = leads.ids().get(0);
      assertThat(
              world
                  .jdbc()
                  .sql(
                      "select l.icp_score, c.name from leads l left join companies c on c.id = l.company_id"
                          + " where l.airtable_record_id = ?")
                  .param(id)
                  .query()
                  .singleRow())
          .containsEntry("icp_score", leads.cells(id).get("ICP Score").asInt())
          .containsEntry("name", "Acme");
    }
  }

  @Test
  void what_the_portal_adds_to_a_rich_text_arrives() throws IOException {
    try (CommandWorld world = new CommandWorld(folder)) {
      SandboxTable leads = leads(world);
      world.run("init", "--out", folder.toString(), "--apply");
      world.run("sync", "--full");
      String id = leads.ids().get(0);
      world
          .jdbc()
          .sql(
              "update leads set notes = 'called', updated_at = now() - interval '2 minutes'"
                  + " where airtable_record_id = ?")
          .param(id)
          .update();
      Answer sync = world.run("sync", "--json");

      assertThat(sync.code()).as(sync.out() + sync.err()).isZero();
      assertThat(leads.cells(id).get("Notes").asText()).isEqualTo("called");
    }
  }
}
