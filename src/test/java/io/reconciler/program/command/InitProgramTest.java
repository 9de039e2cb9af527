package io.reconciler.program.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariDataSource;
import io.reconciler.cli.Cli;
import io.reconciler.cli.Commands;
import io.reconciler.cli.Console;
import io.reconciler.sandbox.Sandbox;
import io.reconciler.sandbox.SandboxOptions;
import io.reconciler.sandbox.samples.SampleBase;
import io.reconciler.sandbox.table.SandboxField;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.MappingFolder;
import io.reconciler.side.mapping.MappingSet;
import io.reconciler.world.SideBySide;
import io.reconciler.world.TestDatabase;
import io.reconciler.world.World;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The command as a user has it, from the command line to the files and the database. */
@SideBySide(SideBySide.Lane.COMMANDS)
class InitProgramTest {

  private static final String BASE = "appAbCdEfGhIjKlMn";

  @TempDir private Path folder;
  private final String url = TestDatabase.url();
  private final HikariDataSource database = TestDatabase.pool(url);
  private final JdbcClient jdbc = JdbcClient.create(database);
  private final Sandbox sandbox = Sandbox.start(SandboxOptions.defaults());

  private record Answer(int code, String out, String err) {}

  @BeforeEach
  void base() {
    Mapping mapping = World.defaultMapping();
    sandbox.base(BASE).addTable(mapping.table(), World.fields(mapping));
    sandbox
        .base(BASE)
        .addTable(
            "Companies",
            List.of(
                SandboxField.of("Name", "singleLineText"),
                SandboxField.of("Order", "number"),
                SandboxField.of("Notes / Plans", "multilineText"),
                SandboxField.lastModified("Changed")));
  }

  @AfterEach
  void close() {
    sandbox.close();
    database.close();
  }

  private Answer init(String... options) {
    return initAt(url, options);
  }

  private Answer initAt(String url, String... options) {
    Map<String, String> environment =
        Map.of(
            "DATABASE_URL",
            url,
            "AIRTABLE_API_KEY",
            World.TOKEN,
            "AIRTABLE_BASE_ID",
            BASE,
            "RECONCILER_MAPPING",
            "file:" + folder,
            "AIRTABLE_API_URL",
            sandbox.url().toString());
    Commands commands = AllCommands.of(environment::get, Clock.systemUTC());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console = new Console(stream(out), stream(err), false, false);
    String[] line =
        Stream.concat(Stream.of("init", "--out", folder.toString()), Stream.of(options))
            .toArray(String[]::new);
    int code = Cli.run(line, commands, console);
    return new Answer(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private boolean exists(String table) {
    return jdbc.sql("select to_regclass(?) is not null").param(table).query(Boolean.class).single();
  }

  @Test
  void it_writes_a_file_for_each_table_and_the_ddl_and_changes_nothing_else() throws IOException {
    Answer answer = init("--portal", "Companies.Notes / Plans");

    assertThat(answer.code()).as(answer.err()).isZero();
    assertThat(answer.out())
        .contains("Companies -> companies: a new table, 3 fields mapped, 1 left out")
        .contains("export RECONCILER_MAPPING=file:" + folder);
    assertThat(files()).containsExactly("companies.yaml", "leads.yaml", "tables.sql");
    Mapping companies = MappingFolder.read(folder).named("companies").orElseThrow();
    assertThat(companies.portalFields()).extracting(f -> f.column()).containsExactly("notes_plans");
    assertThat(Files.readString(folder.resolve("tables.sql")))
        .contains("create table public.companies (");
    assertThat(exists("companies")).isFalse();
    assertThat(sandbox.writes()).isEmpty();
    assertThat(answer.out() + answer.err()).doesNotContain(World.TOKEN);
  }

  @Test
  void the_ddl_of_tables_sql_runs_as_a_whole() throws IOException {
    init();

    jdbc.sql(Files.readString(folder.resolve("tables.sql"))).update();

    assertThat(exists("companies")).isTrue();
    assertThat(exists("leads")).isTrue();
  }

  @Test
  void whoever_runs_the_ddl_changes_the_tables_that_were_found_and_no_namesake()
      throws IOException {
    jdbc.sql(
            "create schema crm; create table companies (name text);"
                + "create table crm.companies (id uuid primary key, airtable_record_id text unique)")
        .update();
    jdbc.sql("alter database %s set search_path = crm, public".formatted(name())).update();
    init();
    jdbc.sql("alter database %s reset search_path".formatted(name())).update();

    // As somebody whose search path is another one.
    jdbc.sql(Files.readString(folder.resolve("tables.sql"))).update();

    assertThat(columns("public", "companies")).containsExactly("name");
    assertThat(columns("crm", "companies")).contains("name", "notes_plans");
    assertThat(columns("crm", "leads")).isNotEmpty();
    assertThat(columns("public", "leads")).isEmpty();
  }

  private String name() {
    return jdbc.sql("select current_database()").query(String.class).single();
  }

  private List<String> columns(String schema, String table) {
    return jdbc.sql(
            "select cast(column_name as text) from information_schema.columns"
                + " where table_schema = ? and table_name = ?")
        .params(schema, table)
        .query(String.class)
        .list();
  }

  @Test
  void apply_shows_the_ddl_and_runs_it() {
    Answer answer = init("--apply", "--table", "Companies");

    assertThat(answer.code()).as(answer.err()).isZero();
    assertThat(answer.out())
        .startsWith("create table public.companies (")
        .contains("order_ bigint");
    assertThat(exists("companies")).isTrue();
    assertThat(exists("leads")).isFalse();
  }

  @Test
  void what_was_written_and_changed_by_hand_stays_and_can_be_applied() throws IOException {
    init("--table", "Companies");
    Path file = folder.resolve("companies.yaml");
    String own = Files.readString(file).replace("column: order_,", "column: place,");
    Files.writeString(file, own);
    Answer again = init("--apply");

    assertThat(again.code()).as(again.err()).isZero();
    assertThat(again.out()).contains("companies.yaml is there and stays as it is");
    assertThat(Files.readString(file)).isEqualTo(own);
    assertThat(files())
        .containsExactly("companies.yaml", "leads.yaml", "tables-2.sql", "tables.sql");
    assertThat(jdbc.sql("select place, name from companies").query().listOfRows()).isEmpty();

    Answer third = init("--apply");
    assertThat(third.out()).contains("PostgreSQL lacks nothing.");
  }

  @Test
  void ddl_that_fails_is_taken_back_as_a_whole_and_writes_no_file() throws IOException {
    jdbc.sql("create table companies (name text, airtable_record_id text)").update();
    jdbc.sql("insert into companies values ('a', 'recA'), ('b', 'recA')").update();
    Answer answer = init("--apply");

    assertThat(answer.code()).isEqualTo(1);
    assertThat(answer.err())
        .contains("rolled back as a whole, at: create unique index on public.companies");
    assertThat(files()).isEmpty();
    assertThat(exists("leads")).isFalse();
    assertThat(
            jdbc.sql("select count(*) from information_schema.columns where table_name='companies'")
                .query(Integer.class)
                .single())
        .isEqualTo(2);
  }

  @Test
  void a_role_that_does_not_own_the_tables_is_told_who_can_run_the_ddl() throws IOException {
    jdbc.sql("create table companies (id bigint primary key, name text)").update();
    jdbc.sql("drop role if exists init_guest").update();
    jdbc.sql("create role init_guest login password 'guest'").update();
    jdbc.sql("grant create on schema public to init_guest").update();
    jdbc.sql("grant select on companies to init_guest").update();
    String guest = url.replace("postgres:postgres@", "init_guest:guest@");
    try {
      Answer applied = initAt(guest, "--apply");

      assertThat(applied.code()).isEqualTo(1);
      assertThat(applied.err())
          .contains("rolled back as a whole")
          .contains("must be owner of table companies")
          .contains(
              "; without --apply the same command writes it to tables.sql, which whoever owns the"
                  + " tables can run");
      assertThat(files()).isEmpty();
      assertThat(exists("leads")).isFalse();

      Answer written = initAt(guest);

      assertThat(written.code()).as(written.err()).isZero();
      jdbc.sql(Files.readString(folder.resolve("tables.sql"))).update();
      assertThat(exists("leads")).isTrue();
      assertThat(jdbc.sql("select airtable_record_id from companies").query().listOfRows())
          .isEmpty();
    } finally {
      jdbc.sql("drop owned by init_guest").update();
      jdbc.sql("drop role init_guest").update();
    }
  }

  @Test
  void without_the_scope_it_says_which_and_where() {
    sandbox.revokeScope(World.TOKEN, "schema.bases:read");
    Answer answer = init();

    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.out()).isEmpty();
    assertThat(answer.err())
        .contains("https://airtable.com/create/tokens")
        .contains("schema.bases:read");
  }

  @Test
  void a_table_or_field_that_is_not_there_is_wrong_usage() throws IOException {
    Answer table = init("--table", "Company");
    Answer field = init("--portal", "Companies.Note");

    assertThat(table.code()).isEqualTo(2);
    assertThat(table.err()).contains("the base has no such table; it has \"Leads\", \"Companies\"");
    assertThat(field.code()).isEqualTo(2);
    assertThat(field.err()).contains("the table has no such field; it has \"Name\", \"Order\"");
    assertThat(files()).isEmpty();
  }

  @Test
  void as_json_it_says_what_becomes_of_each_field() throws IOException {
    Answer answer = init("--json", "--apply", "--table", "Companies");
    JsonNode json = new ObjectMapper().readTree(answer.out());

    assertThat(json.path("applied").asBoolean()).isTrue();
    assertThat(json.at("/tables/0/fields/1/column").asText()).isEqualTo("order_");
    assertThat(json.at("/tables/0/fields/3/leftOut").asBoolean()).isTrue();
    assertThat(json.path("ddl")).hasSize(2);
    assertThat(answer.err()).contains("create table public.companies");
  }

  @Test
  void a_base_of_20_tables_and_450_fields_of_every_type_is_taken_whole() throws IOException {
    String other = "appSandbox0000001";
    SampleBase.fill(
        sandbox.base(other), new SampleBase.Size(20, 450, 1), 7, Clock.systemUTC().instant());
    Answer answer = init("--base", other, "--apply", "--json");
    JsonNode json = new ObjectMapper().readTree(answer.out());

    assertThat(answer.code()).as(answer.err()).isZero();
    assertThat(json.path("tables")).hasSize(20);
    int fields = 0;
    int leftOut = 0;
    for (JsonNode table : json.path("tables")) {
      assertThat(exists(table.path("postgresTable").asText())).isTrue();
      for (JsonNode field : table.path("fields")) {
        fields++;
        leftOut += field.path("leftOut").asBoolean() ? 1 : 0;
        assertThat(field.path("leftOut").asBoolean()).isEqualTo(!field.has("column"));
      }
    }
    assertThat(fields).isEqualTo(450);
    assertThat(leftOut).isLessThan(70);
    MappingSet mappings = MappingFolder.read(folder);
    assertThat(mappings.inOrder()).hasSize(20);
    assertThat(init("--base", other, "--apply").out()).contains("PostgreSQL lacks nothing.");
  }

  @Test
  void applied_later_the_statements_are_those_that_were_written() throws IOException {
    String other = "appSandbox0000001";
    SampleBase.fill(
        sandbox.base(other), new SampleBase.Size(5, 60, 1), 7, Clock.systemUTC().instant());
    init("--base", other);
    String written = Files.readString(folder.resolve("tables.sql"));
    Answer applied = init("--base", other, "--apply");

    assertThat(applied.code()).as(applied.err()).isZero();
    assertThat(files()).doesNotContain("tables-2.sql");
    assertThat(Files.readString(folder.resolve("tables.sql"))).isEqualTo(written);
  }
}
