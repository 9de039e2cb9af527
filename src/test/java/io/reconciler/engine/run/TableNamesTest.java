package io.reconciler.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.program.command.CommandAnswer;
import io.reconciler.sandbox.table.SandboxField;
import io.reconciler.side.postgres.MappedRows;
import io.reconciler.side.postgres.SqlFile;
import io.reconciler.side.postgres.statement.LeadStatements;
import io.reconciler.world.SideBySide;
import io.reconciler.world.TablesWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables and columns that are called as parts of the engine's own statements are or might be. */
@SideBySide(SideBySide.Lane.COMMANDS)
class TableNamesTest {

  private static final List<String> NAMES =
      List.of("runs", "old", "agreed", "gone", "settled", "c", "g");

  @TempDir private static Path folder;
  private static TablesWorld world;

  @BeforeAll
  static void open() {
    Map<String, String> mappings = new LinkedHashMap<>();
    Map<String, List<SandboxField>> tables = new LinkedHashMap<>();
    List<String> ddl = new ArrayList<>();
    for (String name : NAMES) {
      mappings.put(name, mapping(name));
      tables.put(
          name,
          List.of(
              SandboxField.of("Name", "singleLineText"),
              SandboxField.of("Lead", "singleLineText"),
              SandboxField.of("Candidate", "singleLineText"),
              SandboxField.lastModified("Changed")));
      ddl.add(
          "create table %s (id uuid primary key, client_id uuid, airtable_record_id text unique, t text, lead text, candidate text, is_active boolean not null default true, created_at timestamptz, updated_at timestamptz not null default now())"
              .formatted(name));
    }
    world = TablesWorld.open(folder, mappings, String.join(";", ddl), tables);
  }

  private static String mapping(String name) {
    String active =
        "- {column: is_active, type: boolean, not_null: true, default: true, conversion: existence, owner: engine}";
    return """
    table: %1$s
    last_modified_field: Changed
    postgres: {table: %1$s, client: client_id, created_at: created_at, updated_at: updated_at}
    groups:
      - {name: candidate, policy: newest}
    fields:
      - {column: t, type: text, airtable_field: Name, airtable_type: singleLineText, conversion: text, owner: airtable}
      - {column: lead, type: text, airtable_field: Lead, airtable_type: singleLineText, conversion: text, owner: airtable}
      - {column: candidate, type: text, airtable_field: Candidate, airtable_type: singleLineText, conversion: text, owner: portal, group: candidate}
      %2$s
    """
        .formatted(name, name.equals("settled") ? active : "");
  }

  @AfterAll
  static void close() {
    world.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"runs", "old", "agreed", "gone", "settled", "c", "g"})
  void a_record_comes_is_edited_goes_and_is_forgotten(String table) {
    String id = record(table);
    assertThat(world.sync(true).failure()).isNull();
    assertThat(world.row(table, id)).containsEntry("t", "Ada").containsEntry("lead", "Bob");
    edit(
        "update %s set candidate = 'ours', updated_at = now() - interval '2 minutes'"
            .formatted(table));
    assertThat(world.sync(false).errorCount()).isZero();
    assertThat(world.cell(table, id, "Candidate").asText()).isEqualTo("ours");

    world.base().table(table).delete(id);
    RunResult swept = world.sync(true);
    assertThat(swept.failure()).isNull();
    assertThat(swept.stage1().deactivated()).isEqualTo(1);
    assertThat(swept.stage1().errorCount()).isZero();
    assertThat(world.sync(true).stage1().deactivated()).isZero();

    CommandAnswer answer = CommandAnswer.to(world.environment(), "", "forget", id);
    assertThat(answer.code()).as(answer.err()).isZero();
    assertThat(answer.out()).startsWith("forgot " + id).contains("1 agreed value");
    assertThat(agreed(id)).isZero();
    edit("delete from " + table);
  }

  @ParameterizedTest
  @ValueSource(strings = {"runs", "old", "agreed"})
  void what_is_old_is_removed(String table) {
    String id = record(table);
    String kept = record(table);
    world.sync(true);
    edit("delete from %s where airtable_record_id = '%s'".formatted(table, id));
    world.base().table(table).delete(id);
    edit(
        "update reconciler.agreed_value set airtable_modified_at = now() - interval '91 days';"
            + "update reconciler.run set started_at = started_at - interval '91 days'");

    world.sync(true);

    assertThat(agreed(id)).isZero();
    assertThat(agreed(kept)).isEqualTo(1);
    assertThat(world.row(table, kept)).containsEntry("t", "Ada");
    assertThat(count("select count(*) from reconciler.run")).isEqualTo(1);
    world.base().table(table).delete(kept);
    edit("delete from " + table);
    edit("delete from reconciler.agreed_value");
  }

  @Test
  void no_statement_on_a_mapped_table_gives_a_part_of_its_own_a_name_that_a_table_can_have()
      throws IOException {
    List<String> statements = new ArrayList<>();
    world
        .mappings()
        .inOrder()
        .forEach(
            mapping ->
                statements.addAll(
                    new LeadStatements(mapping, world.mappings(), true).byName().values()));
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/sql"))) {
      files
          .map(file -> file.getFileName().toString().replace(".sql", ""))
          .filter(file -> SqlFile.read(file).matches("(?s).*\\$\\{(rows|users)}.*"))
          .forEach(file -> statements.add(MappedRows.read(file, world.mappings())));
    }

    assertThat(statements).hasSizeGreaterThan(40);
    assertThat(statements)
        .noneMatch(
            sql ->
                sql.matches(
                    "(?is).*(\\bwith|,)\\s+\\w+(\\s*\\([\\w, ]*\\))? as (materialized )?\\(.*"));
  }

  private static String record(String table) {
    return world.base().table(table).create(Map.of("Name", "Ada", "Lead", "Bob"));
  }

  private static long agreed(String id) {
    return count(
        "select count(*) from reconciler.agreed_value where airtable_record_id = '" + id + "'");
  }

  private static long count(String sql) {
    return world.jdbc().sql(sql).query(Long.class).single();
  }

  private static void edit(String sql) {
    world.jdbc().sql(sql).update();
  }
}
