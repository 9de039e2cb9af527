package io.reconciler.program.command;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.reconciler.engine.pull.Drift;
import io.reconciler.engine.run.ProgressListener;
import io.reconciler.engine.run.RunRequest;
import io.reconciler.engine.run.RunResult;
import io.reconciler.engine.run.Trigger;
import io.reconciler.program.boot.Engine;
import io.reconciler.program.boot.TestEngine;
import io.reconciler.sandbox.table.SandboxField;
import io.reconciler.sandbox.table.SandboxTable;
import io.reconciler.side.mapping.MappingFolder;
import io.reconciler.world.TablesWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What is said where the only table is none of leads, and its mapping has a filter. */
class OtherTableTest {

  private static final String COMPANIES =
      """
      table: Companies
      last_modified_field: Changed
      filter: "{Stage} != 'draft'"
      base: appTablesWorld001
      postgres: {table: companies, key: id, record_id: airtable_record_id, updated_at: updated_at}
      groups:
        - {name: phone, policy: newest}
        - {name: fax, policy: newest}
      fields:
        - {column: name, type: text, airtable_field: Name, airtable_type: singleLineText, conversion: text, owner: airtable}
        - {column: phone, type: text, airtable_field: Phone, airtable_type: singleLineText, conversion: text, owner: portal, group: phone}
        - {column: fax, type: text, airtable_field: Fax, airtable_type: singleLineText, conversion: text, owner: portal, group: fax}
      """;
  private static final String DDL =
      "create table companies (id serial primary key, airtable_record_id text unique, name text,"
          + " phone text, fax text, updated_at timestamptz default now())";

  @TempDir private Path folder;
  @TempDir private Path edited;
  private TablesWorld world;
  private SandboxTable companies;

  @BeforeEach
  void open() {
    world =
        TablesWorld.open(
            folder,
            Map.of("companies", COMPANIES),
            DDL,
            Map.of(
                "Companies",
                List.of(
                    SandboxField.of("Name", "singleLineText"),
                    SandboxField.of("Stage", "singleLineText"),
                    SandboxField.of("Phone", "singleLineText"),
                    SandboxField.of("Fax", "singleLineText"),
                    SandboxField.lastModified("Changed"))));
    companies = world.base().table("Companies");
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void a_dry_run_speaks_of_rows() {
    String id = companies.create(Map.of("Name", "Acme"));
    String first = dryRun();
    assertThat(rows()).isZero();
    world.sync(true);
    companies.delete(id);
    String second = dryRun();

    assertThat(first).contains("1  insert a row into PostgreSQL\n").doesNotContain("a lead");
    assertThat(second).contains("1  deactivate a row\n").doesNotContain("a lead");
    assertThat(gone()).isZero();
    assertThat(rows()).isEqualTo(1);
  }

  private String dryRun() {
    CommandAnswer answer = CommandAnswer.to(world.environment(), "", "sync", "--full", "--dry-run");
    assertThat(answer.code()).as(answer.err()).isZero();
    return answer.out();
  }

  @Test
  void the_guard_names_the_filter_that_may_be_the_reason() {
    List<String> ids =
        List.of(
            companies.create(Map.of("Name", "A")),
            companies.create(Map.of("Name", "B")),
            companies.create(Map.of("Name", "C")));
    assertThat(world.sync(true).stage1().inserted()).isEqualTo(3);
    ids.forEach(id -> companies.update(id, Map.of("Stage", "draft")));

    RunResult result = world.sync(true);

    assertThat(result.failure())
        .startsWith("3 of 3 active leads have no record in Airtable any more")
        .contains(
            "right base and table? The mapping's filter is {Stage} != 'draft': what it does not let"
                + " in counts as gone. If the records are really gone");
    assertThat(gone()).isZero();
    assertThat(rows()).isEqualTo(3);
    assertThat(companies.ids()).hasSize(3);
  }

  @Test
  void a_mapping_that_names_other_fields_now_is_not_taken_for_fields_made_anew()
      throws IOException {
    String id = companies.create(Map.of("Name", "A", "Phone", "1", "Fax", "2"));
    world.sync(true);
    String swapped =
        COMPANIES
            .replace("airtable_field: Phone", "airtable_field: X")
            .replace("airtable_field: Fax", "airtable_field: Phone")
            .replace("airtable_field: X", "airtable_field: Fax");
    Files.writeString(edited.resolve("companies.yaml"), swapped);

    List<String> said = syncWithEdited();

    assertThat(said)
        .hasSize(2)
        .noneMatch(line -> line.contains("made anew"))
        .anyMatch(
            line ->
                line.contains("the mapping names another field than before, \"Fax\"")
                    && line.contains("for the column phone is forgotten"));
    Map<String, Object> row = world.row("companies", id);
    assertThat(row.get("phone")).isEqualTo(world.cell("Companies", id, "Fax").asText());
    assertThat(row.get("fax")).isEqualTo(world.cell("Companies", id, "Phone").asText());
  }

  /** What a run says of fields that have come in the place of others. */
  private List<String> syncWithEdited() throws IOException {
    Logger log = (Logger) LoggerFactory.getLogger(Drift.class);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    try (Engine engine =
        TestEngine.start(
            world.settings(), MappingFolder.read(edited), world.database(), Map.of())) {
      // Its start may have set logging up anew.
      log.addAppender(lines);
      RunRequest request = new RunRequest(Trigger.CLI, "test", 20, null, true, false, true);
      RunResult result =
          Objects.requireNonNull(engine.reconcile(request, ProgressListener.NONE).get(0).result());
      assertThat(result.failure()).isNull();
    } finally {
      log.detachAppender(lines);
    }
    // Other tests run beside this one, on bases of their own.
    return lines.list.stream()
        .map(ILoggingEvent::getFormattedMessage)
        .filter(line -> line.startsWith(TablesWorld.BASE))
        .toList();
  }

  private long rows() {
    return count("select count(*) from companies");
  }

  private long gone() {
    return count("select count(*) from reconciler.agreed_value where gone");
  }

  private long count(String sql) {
    return world.jdbc().sql(sql).query(Long.class).single();
  }
}
