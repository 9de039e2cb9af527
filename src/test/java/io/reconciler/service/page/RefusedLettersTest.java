package io.reconciler.service.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reconciler.engine.repair.LedgerFilter;
import io.reconciler.engine.repair.LedgerKind;
import io.reconciler.engine.repair.LedgerReader;
import io.reconciler.sandbox.table.SandboxField;
import io.reconciler.sandbox.table.SandboxTable;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.MappingSet;
import io.reconciler.world.TablesWorld;
import io.reconciler.world.WorldTest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the page of the dead letters says of values that runs could not send. */
class RefusedLettersTest extends WorldTest {

  /** As init writes it, with every field a group of its own. */
  private static final String DEALS =
      """
      table: Deals
      base: appTablesWorld001
      last_modified_field: Changed
      postgres: {table: deals, created_at: created_at, updated_at: updated_at}
      groups:
        - {name: prio, policy: newest}
        - {name: value, policy: newest}
        - {name: tags, policy: newest}
      fields:
        - {column: name, type: text, airtable_field: Name, conversion: text, owner: airtable}
        - {column: prio, type: text, airtable_field: Prio, conversion: text, owner: portal, group: prio}
        - {column: value, type: text, airtable_field: Value, conversion: text, owner: portal, group: value}
        - {column: tags, type: "text[]", airtable_field: Tags, conversion: options, owner: portal, group: tags}
        - {column: is_active, type: boolean, conversion: existence, owner: engine}
      """;

  private static final String DDL =
      "create table deals (id bigint generated always as identity primary key, airtable_record_id text unique,"
          + " created_at timestamptz, updated_at timestamptz not null default now(), name text, prio text,"
          + " value text, tags text[], is_active boolean)";

  @Test
  void a_refused_option_is_shown_as_the_lead_has_it() {
    leads.changeField(SandboxField.select("Notes", "open", "closed"));
    String id = leads.create(Map.of("First Name", "Ada", "Notes", "open"));
    fullSync();
    leads.setModified(id, Instant.now().minusSeconds(4000));
    world.portalEdit(id, GRACE_OVER, Map.of("notes", "sharp"));

    sync();

    assertThat(letter().value().text()).isEqualTo("sharp");
    assertThat(group().example()).isEqualTo("sharp");
    assertThat(group().advice()).startsWith("Airtable does not take the portal's value.");
    assertThat(world.lead(id)).containsEntry("notes", "sharp");
    assertThat(leads.cells(id).get("Notes").asText()).isEqualTo("open");
  }

  @Test
  void what_was_changed_of_a_record_that_is_gone_is_shown_by_its_fields() {
    List<String> ids = reconciled(12);
    fullSync();
    leads.delete(ids.get(0));
    world.portalEdit(ids.get(0), GRACE_OVER, Map.of("claimed_by", ALICE, "notes", "late"));

    fullSync();

    assertThat(letter().about()).isEqualTo("Whole record");
    assertThat(letter().value().text())
        .contains("Claimed By: " + ALICE, "Notes: late")
        .doesNotContain("claim:");
    assertThat(world.lead(ids.get(0)))
        .containsEntry("is_active", false)
        .containsEntry("notes", "late");
    assertThat(leads.ids()).doesNotContain(ids.get(0));
  }

  @Test
  void a_refused_option_of_a_mapping_that_init_made_is_shown_too(@TempDir Path folder) {
    try (TablesWorld tables =
        TablesWorld.open(
            folder,
            Map.of("deals", DEALS),
            DDL,
            Map.of(
                "Deals",
                List.of(
                    SandboxField.of("Name", "singleLineText"),
                    SandboxField.select("Prio", "Low"),
                    SandboxField.select("Value", "Small"),
                    SandboxField.of("Tags", "multipleSelects").withChoices(List.of("a", "b")),
                    SandboxField.lastModified("Changed"))))) {
      SandboxTable deals = tables.base().table("Deals");
      String id =
          deals.create(
              Map.of("Name", "One", "Prio", "Low", "Value", "Small", "Tags", List.of("a")));
      tables.sync(true);
      deals.setModified(id, Instant.now().minusSeconds(4000));
      tables
          .jdbc()
          .sql(
              "update deals set prio = 'High', value = 'Large', tags = '{a,c}',"
                  + " updated_at = now() - interval '2 minutes'")
          .update();

      tables.sync(false);

      assertThat(letters(tables.jdbc(), tables.mappings()))
          .extracting(letter -> letter.about() + "=" + letter.value().text())
          .containsExactlyInAnyOrder("Prio=High", "Value=Large", "Tags=a, c");
      assertThat(tables.row("deals", id)).containsEntry("prio", "High");
      assertThat(deals.cells(id).get("Prio").asText()).isEqualTo("Low");
    }
  }

  @Test
  void what_a_filter_may_just_not_let_in_is_not_said_to_be_deleted(@TempDir Path folder) {
    try (TablesWorld tables = filtered(folder)) {
      SandboxTable deals = tables.base().table("Deals");
      String swept = deals.create(Map.of("Name", "One", "Prio", "Low"));
      String edited = deals.create(Map.of("Name", "Two", "Prio", "Low"));
      deals.create(Map.of("Name", "Three"));
      tables.sync(true);
      edit(tables, swept);
      List.of(swept, edited).forEach(id -> deals.update(id, Map.of("Name", "Draft")));
      tables.sync(true);
      edit(tables, edited);
      tables.sync(true);

      List<LetterView> letters = letters(tables.jdbc(), tables.mappings());
      assertThat(letters)
          .extracting(LetterView::reason)
          .allMatch(
              reason -> reason.contains("gone from Airtable, or the filter does not let it in"))
          .anyMatch(reason -> reason.startsWith("the record is gone"))
          .anyMatch(reason -> reason.startsWith("the lead is inactive"));
      assertThat(letters)
          .extracting(LetterView::advice)
          .allMatch(advice -> advice.contains("or the mapping's filter does not let it in."));
      assertThat(List.of(swept, edited))
          .allSatisfy(id -> assertThat(tables.row("deals", id)).containsEntry("is_active", false))
          .allSatisfy(id -> assertThat(deals.cells(id).get("Prio").asText()).isEqualTo("Low"));
      assertThat(said(tables, true)).contains("or the filter does not let it in; the next full");
      assertThat(said(tables, false))
          .contains("or the filter does not let it in, so it is inactive");
    }
  }

  private static TablesWorld filtered(Path folder) {
    return TablesWorld.open(
        folder,
        Map.of("deals", "filter: \"{Name} != 'Draft'\"\n" + DEALS),
        DDL,
        Map.of(
            "Deals",
            List.of(
                SandboxField.of("Name", "singleLineText"),
                SandboxField.select("Prio", "Low", "High"),
                SandboxField.select("Value", "Small"),
                SandboxField.of("Tags", "multipleSelects").withChoices(List.of("a", "b")),
                SandboxField.lastModified("Changed"))));
  }

  private static void edit(TablesWorld tables, String id) {
    tables
        .jdbc()
        .sql(
            "update deals set prio = 'High', updated_at = now() - interval '2 minutes'"
                + " where airtable_record_id = ?")
        .param(id)
        .update();
  }

  private static String said(TablesWorld tables, boolean active) {
    Mapping mapping = tables.mappings().inOrder().get(0);
    ObjectNode row = JsonNodeFactory.instance.objectNode().put("is_active", active);
    return RecordView.of(mapping, row, null, List.of(), true, null, null, LinkNames.NONE).said();
  }

  private LetterView letter() {
    List<LetterView> letters = letters(world.jdbc(), MappingSet.of(world.mapping()));
    assertThat(letters).hasSize(1);
    return letters.get(0);
  }

  private LetterGroup group() {
    List<LetterGroup> groups =
        LetterGroup.of(
            new LedgerReader(world.jdbc(), MappingSet.of(world.mapping()))
                .groups(LedgerKind.DEAD_LETTERS, LedgerFilter.of(false)),
            table -> world.mapping());
    assertThat(groups).hasSize(1);
    return groups.get(0);
  }

  private static List<LetterView> letters(JdbcClient jdbc, MappingSet mappings) {
    Mapping mapping = mappings.inOrder().get(0);
    return new LedgerReader(jdbc, mappings)
        .page(LedgerKind.DEAD_LETTERS, LedgerFilter.of(false), null, 50).items().stream()
            .map(item -> LetterView.of(item, mapping, RowTitle.of("rec", null), LinkNames.NONE))
            .toList();
  }
}
