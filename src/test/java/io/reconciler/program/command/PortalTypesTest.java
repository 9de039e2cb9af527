package io.reconciler.program.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.program.command.CommandWorld.Answer;
import io.reconciler.sandbox.table.SandboxField;
import io.reconciler.sandbox.table.SandboxTable;
import io.reconciler.world.SideBySide;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fields of every writable type that init gives to the portal, and what it writes there. */
@SideBySide(SideBySide.Lane.COMMANDS)
class PortalTypesTest {

  private static final List<SandboxField> FIELDS =
      List.of(
          SandboxField.of("Text", "singleLineText"),
          SandboxField.of("Number", "number").withOptions(Map.of("precision", 2)),
          SandboxField.of("Share", "percent"),
          SandboxField.of("Price", "currency"),
          SandboxField.of("Stars", "rating"),
          SandboxField.of("Time", "duration"),
          SandboxField.of("Done", "checkbox"),
          SandboxField.select("Stage", "New", "Old"),
          SandboxField.of("Tags", "multipleSelects").withChoices(List.of("a", "b")),
          SandboxField.of("Day", "date"),
          SandboxField.of("At", "dateTime"),
          SandboxField.of("Owner", "singleCollaborator"),
          SandboxField.of("Team", "multipleCollaborators"));

  @TempDir private Path folder;
  private SandboxTable things;
  private SandboxTable companies;

  private CommandWorld world;
  private String thing;
  private String company;

  @BeforeEach
  void initialised() {
    world = new CommandWorld(folder);
    companies =
        world
            .base()
            .addTable(
                "Companies",
                List.of(
                    SandboxField.of("Name", "singleLineText"),
                    SandboxField.lastModified("Changed")));
    List<SandboxField> fields = new ArrayList<>();
    fields.add(SandboxField.of("Name", "singleLineText"));
    fields.addAll(FIELDS);
    fields.add(SandboxField.lastModified("Changed"));
    things = world.base().addTable("Things", fields);
    things.addLink("Company", companies, true, "Things");
    things.addLink("Partners", companies, false, "Partner of");
    company = companies.create(Map.of("Name", "Acme"));
    thing = things.create(Map.of("Name", "One"));
    List<String> line = new ArrayList<>(List.of("init", "--out", folder.toString(), "--apply"));
    FIELDS.forEach(field -> line.addAll(List.of("--portal", "Things." + field.name())));
    line.addAll(List.of("--portal", "Things.Company", "--portal", "Things.Partners"));
    Answer init = world.run(line.toArray(String[]::new));
    assertThat(init.code()).as(init.err()).isZero();
    Answer full = world.run("sync", "--full", "--json");
    assertThat(full.code()).as(full.out() + full.err()).isZero();
  }

  @AfterEach
  void close() {
    world.close();
  }

  private void portal(String set) {
    world
        .jdbc()
        .sql("update things set " + set + ", updated_at = now() - interval '2 minutes'")
        .update();
  }

  @Test
  void what_the_portal_writes_arrives_and_stays_quiet() throws IOException {
    portal(
        "text = 'hello', number = 12.345, share = 0.5, price = 99.95, stars = 4, time = 3600,"
            + " done = true, stage = 'Old', tags = '{b,a}', day = '2026-02-03',"
            + " at = '2026-02-03T04:05:06.789Z', owner = 'ada@example.com',"
            + " team = '{ben@example.com,ada@example.com}',"
            + " company_id = (select id from companies),"
            + " partner_ids = array(select id from companies)");
    world.sync(0);
    Map<String, JsonNode> cells = things.cells(thing);

    assertThat(cells.get("Text").asText()).isEqualTo("hello");
    assertThat(cells.get("Number").asDouble()).isEqualTo(12.345);
    assertThat(cells.get("Share").asDouble()).isEqualTo(0.5);
    assertThat(cells.get("Price").asDouble()).isEqualTo(99.95);
    assertThat(cells.get("Stars").asInt()).isEqualTo(4);
    assertThat(cells.get("Time").asInt()).isEqualTo(3600);
    assertThat(cells.get("Done").asBoolean()).isTrue();
    assertThat(cells.get("Stage").asText()).isEqualTo("Old");
    assertThat(cells.get("Tags")).hasToString("[\"b\",\"a\"]");
    assertThat(cells.get("Day").asText()).isEqualTo("2026-02-03");
    assertThat(cells.get("At").asText()).isEqualTo("2026-02-03T04:05:06.789Z");
    assertThat(cells.get("Owner").path("email").asText()).isEqualTo("ada@example.com");
    assertThat(cells.get("Team")).hasSize(2);
    assertThat(cells.get("Company").get(0).asText()).isEqualTo(company);
    assertThat(cells.get("Partners").get(0).asText()).isEqualTo(company);
    assertThat(companies.cells(company).get("Things").get(0).asText()).isEqualTo(thing);
    quiet();
  }

  @Test
  void what_the_portal_clears_is_cleared() throws IOException {
    what_the_portal_writes_arrives_and_stays_quiet();
    portal(
        "text = null, number = null, share = null, price = null, stars = null, time = null,"
            + " done = false, stage = null, tags = null, day = null, at = null, owner = null,"
            + " team = null, company_id = null, partner_ids = null");
    world.sync(0);

    assertThat(things.cells(thing)).containsOnlyKeys("Name", "Changed");
    quiet();
  }

  private void quiet() throws IOException {
    Answer verify = world.run("verify", "--json");
    assertThat(verify.code()).as(verify.out()).isZero();
    world.sandbox().clearLogs();
    JsonNode idle = world.sync(0);
    assertThat(world.sandbox().writes()).isEmpty();
    assertThat(idle.at("/stage1/updated").asInt()).isZero();
    assertThat(idle.at("/stage2/updated").asInt()).isZero();
  }
}
