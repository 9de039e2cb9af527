package io.reconciler.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.sandbox.table.SandboxField;
import io.reconciler.sandbox.table.SandboxTable;
import io.reconciler.world.SideBySide;
import io.reconciler.world.TablesWorld;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dry run of a table that is linked to itself, and of two in a circle. */
@SideBySide(SideBySide.Lane.COMMANDS)
class LinkedDryRunTest {

  private static final String TASKS =
      """
      table: Tasks
      last_modified_field: Changed
      postgres:
        client: client_id
        created_at: created_at
        updated_at: updated_at
      groups:
        - {name: before, policy: newest}
      fields:
        - {column: name, type: text, airtable_field: Name, airtable_type: singleLineText, conversion: text, owner: airtable}
        - {column: parent, type: uuid, airtable_field: Parent, airtable_type: multipleRecordLinks, conversion: link, to: tasks, owner: airtable}
        - {column: before, type: uuid, airtable_field: Before, airtable_type: multipleRecordLinks, conversion: link, to: tasks, owner: portal, group: before}
        - {column: board, type: uuid, airtable_field: Board, airtable_type: multipleRecordLinks, conversion: link, to: boards, owner: airtable}
      """;
  private static final String BOARDS =
      """
      table: Boards
      last_modified_field: Changed
      postgres:
        client: client_id
        created_at: created_at
        updated_at: updated_at
      fields:
        - {column: name, type: text, airtable_field: Name, airtable_type: singleLineText, conversion: text, owner: airtable}
        - {column: first, type: uuid, airtable_field: First, airtable_type: multipleRecordLinks, conversion: link, to: tasks, owner: airtable}
      """;
  private static final String DDL =
      """
      create table tasks (id uuid primary key, client_id uuid, airtable_record_id text, name text,
        parent uuid, before uuid, board uuid, created_at timestamptz,
        updated_at timestamptz not null default now(), unique (client_id, airtable_record_id));
      create table boards (id uuid primary key, client_id uuid, airtable_record_id text, name text,
        first uuid, created_at timestamptz, updated_at timestamptz not null default now(),
        unique (client_id, airtable_record_id));
      alter table tasks add foreign key (parent) references tasks, add foreign key (before) references tasks,
        add foreign key (board) references boards;
      alter table boards add foreign key (first) references tasks;
      """;

  @TempDir private static Path folder;
  private static TablesWorld world;
  private static SandboxTable tasks;
  private static SandboxTable boards;

  @BeforeAll
  static void open() {
    List<SandboxField> fields =
        List.of(SandboxField.of("Name", "singleLineText"), SandboxField.lastModified("Changed"));
    world =
        TablesWorld.open(
            folder,
            Map.of("tasks", TASKS, "boards", BOARDS),
            DDL,
            new TreeMap<>(Map.of("Tasks", fields, "Boards", fields)));
    tasks = world.base().table("Tasks");
    boards = world.base().table("Boards");
    tasks.addLink("Parent", tasks, true, "Children");
    tasks.addLink("Before", tasks, true, "After");
    tasks.addLink("Board", boards, true, "Tasks");
    boards.addLink("First", tasks, true, "First of");
  }

  @BeforeEach
  void fresh() {
    world.jdbc().sql("drop function if exists keep cascade").update();
    world.fresh(List.of("tasks", "boards"));
  }

  @AfterAll
  static void close() {
    world.close();
  }

  @Test
  void the_first_dry_run_of_a_table_linked_to_itself_is_the_run_that_follows() {
    List<String> ids = tasks(130);
    for (int i = 0; i < ids.size(); i++) {
      // Half of them are listed before what they are linked to.
      link(ids.get(i), "Parent", ids.get(ids.size() - 1 - i));
      link(ids.get(i), "Before", ids.get((i + 7) % ids.size()));
    }

    RunResult run = twice();

    assertThat(run.errorCount()).as("%s", run).isZero();
    assertThat(run.stage1().inserted()).isEqualTo(130);
    assertThat(count("parent is not null and before is not null")).isEqualTo(130);
  }

  @Test
  void the_first_dry_run_of_tables_in_a_circle_is_the_run_that_follows() {
    List<String> ids = tasks(3);
    String board = boards.create(Map.of("Name", "Board"));
    ids.forEach(id -> link(id, "Board", board));
    boards.update(board, Map.of("First", List.of(ids.get(2))));

    RunResult run = twice();

    assertThat(run.errorCount()).as("%s", run).isZero();
    assertThat(run.stage1().inserted()).isEqualTo(4);
    assertThat(world.row("boards", board))
        .containsEntry("first", world.row("tasks", ids.get(2)).get("id"));
    assertThat(count("board is not null")).isEqualTo(3);
  }

  @Test
  void a_lead_that_is_there_is_tried_with_the_links_that_waited() {
    List<String> old = tasks(2);
    world.sync(true);
    keep("old.name = 'Task 0'");
    List<String> young = tasks(1);
    link(old.get(0), "Parent", young.get(0));
    link(old.get(1), "Parent", young.get(0));
    link(young.get(0), "Parent", old.get(0));

    RunResult run = twice();

    assertThat(run.stage1().errors())
        .singleElement()
        .asString()
        .contains(old.get(0), "Parent", "a trigger or a row security policy");
    assertThat(count("parent is not null")).isEqualTo(2);
  }

  @Test
  void linked_rows_exchange_their_names_though_one_was_refused_before() {
    world.jdbc().sql("alter table tasks add constraint one_name unique (name)").update();
    try {
      List<String> ids = tasks(2);
      link(ids.get(0), "Parent", ids.get(1));
      world.sync(true);
      tasks.update(ids.get(0), Map.of("Name", "Task 1"));
      assertThat(world.sync(false).errorCount()).isEqualTo(1);
      tasks.setModified(ids.get(0), Instant.now().minus(Duration.ofMinutes(40)));
      tasks.update(ids.get(1), Map.of("Name", "Task 0"));

      RunResult run = twice(false);

      assertThat(run.errorCount()).as("%s", run).isZero();
      assertThat(world.row("tasks", ids.get(0))).containsEntry("name", "Task 1");
      assertThat(world.row("tasks", ids.get(1))).containsEntry("name", "Task 0");
      assertThat(count("parent is not null")).isEqualTo(1);
    } finally {
      world.jdbc().sql("alter table tasks drop constraint one_name").update();
    }
  }

  /** The result of a dry run, which writes nothing, and of the run after it; they are the same. */
  private static RunResult twice() {
    return twice(true);
  }

  private static RunResult twice(boolean full) {
    List<String> tables =
        List.of("tasks", "boards", "reconciler.agreed_value", "reconciler.dead_letter");
    List<String> before = world.rows(tables);
    Map<String, Map<String, JsonNode>> airtable = airtable();
    world.sandbox().clearLogs();

    RunResult dry = world.run(new RunRequest(Trigger.CLI, "test", 20, null, full, true, false));

    assertThat(world.rows(tables)).isEqualTo(before);
    assertThat(world.sandbox().writes()).isEmpty();
    assertThat(airtable()).isEqualTo(airtable);
    RunResult real = world.sync(full);
    assertThat(real.success()).as("%s", real).isTrue();
    assertThat(dry.success()).as("%s", dry).isTrue();
    assertThat(dry.stage1()).isEqualTo(real.stage1());
    assertThat(dry.stage2()).isEqualTo(real.stage2());
    assertThat(dry.errorCount()).isEqualTo(real.errorCount());
    assertThat(world.sandbox().writes()).isEmpty();
    assertThat(airtable()).isEqualTo(airtable);
    return real;
  }

  private static List<String> tasks(int count) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add(tasks.create(Map.of("Name", "Task " + i)));
    }
    return ids;
  }

  private static void link(String id, String field, String to) {
    tasks.update(id, Map.of(field, List.of(to)));
  }

  /** A trigger keeps these tasks as they are. */
  private static void keep(String which) {
    world
        .jdbc()
        .sql(
            "create function keep() returns trigger language plpgsql as $$ begin return case when "
                + which
                + " then null else new end; end $$")
        .update();
    world
        .jdbc()
        .sql("create trigger keep before update on tasks for each row execute function keep()")
        .update();
  }

  private static Map<String, Map<String, JsonNode>> airtable() {
    Map<String, Map<String, JsonNode>> cells = new TreeMap<>();
    for (SandboxTable table : List.of(tasks, boards)) {
      table.ids().forEach(id -> cells.put(id, Map.copyOf(table.cells(id))));
    }
    return cells;
  }

  private static long count(String which) {
    return world.jdbc().sql("select count(*) from tasks where " + which).query(Long.class).single();
  }
}
