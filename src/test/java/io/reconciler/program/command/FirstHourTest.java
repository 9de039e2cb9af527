package io.reconciler.program.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.reconciler.sandbox.Fault;
import io.reconciler.sandbox.Sandbox;
import io.reconciler.sandbox.table.SandboxTable;
import io.reconciler.side.postgres.statement.ColumnDefinitions;
import io.reconciler.world.PortalWorld;
import io.reconciler.world.SideBySide;
import io.reconciler.world.TestDatabase;
import io.reconciler.world.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The first hour of a new user, by the commands of the README and no others, and the morning after:
 * a backup and its restore, by those of the page that it points at.
 */
@SideBySide(SideBySide.Lane.COMMANDS)
class FirstHourTest {

  private static final String BASE = "appFirstHour00001";
  private static final int RECORDS = 20;

  private final String url = TestDatabase.url();
  private final Map<String, String> environment = new HashMap<>();
  private Sandbox sandbox;
  private SandboxTable leads;
  private HikariDataSource owner;

  @BeforeEach
  void start() {
    sandbox = Sandbox.start(World.unlimited());
    leads =
        sandbox
            .base(BASE)
            .addTable(World.defaultMapping().table(), World.fields(World.defaultMapping()));
    for (int number = 1; number <= RECORDS; number++) {
      leads.create(Map.of("First Name", "Lead " + number, "Notes", "from Airtable " + number));
    }
    owner = TestDatabase.pool(url);
    environment.put("DATABASE_URL", url);
    environment.put("AIRTABLE_API_KEY", World.TOKEN);
    environment.put("AIRTABLE_BASE_ID", BASE);
    environment.put("AIRTABLE_API_URL", sandbox.url().toString());
    environment.put("RECONCILER_RATE_LIMIT_MS", "10");
    environment.put("RECONCILER_GRACE_PERIOD_MS", "0");
  }

  @AfterEach
  void stop() {
    owner.close();
    sandbox.close();
  }

  @Test
  void on_a_fresh_database_every_command_works_and_the_sides_are_in_step() {
    for (String command : documented("Look, then start.")) {
      works(0, command);
    }
    assertThat(number("select count(*) from leads")).isEqualTo(RECORDS);
    for (String command : documented("Look and repair.")) {
      works(0, command);
    }
    assertThat(run("verify --json").json().toString()).contains("\"matched\":" + RECORDS);
  }

  @Test
  void on_tables_that_are_filled_the_first_sync_asks_whose_values_count() {
    portal();
    List<String> before = stored();
    List<String> commands = documented("Look, then start.");
    String first = commands.stream().filter(c -> c.equals("sync --full")).findFirst().orElseThrow();

    works(0, commands.get(0));
    // The portal has its client already; the command says so.
    works(2, commands.get(1));
    CommandAnswer stopped = run(first);

    assertThat(stopped.code()).isEqualTo(5);
    assertThat(stopped.out() + stopped.err()).contains("--first airtable", "--first portal");
    assertThat(stored()).isEqualTo(before);
    assertThat(sandbox.writes()).isEmpty();
    assertThat(number("select count(*) from pg_tables where tablename = 'leads'")).isEqualTo(1);

    assertThat(readme()).contains("`--first portal`");
    works(0, first + " --first portal");

    assertThat(leads.cells(leads.ids().get(0)).get("Notes").asText()).isEqualTo("from the portal");
    works(0, "verify");
    assertThat(number("select count(*) from reconciler.conflict")).isEqualTo(RECORDS);
  }

  @Test
  void a_backup_of_the_first_hour_is_restored_the_morning_after(@TempDir Path folder) {
    documented("Look, then start.").forEach(command -> works(0, command));
    assertThat(readme()).contains("(docs/operations.md#backup)");
    String file = folder.resolve("backup.zip").toString();
    section("Backup").forEach(command -> works(0, command.replace("FILE", file)));
    String edited = leads.ids().get(0);
    String claimed = leads.ids().get(1);
    leads.update(edited, Map.of("First Name", "Newer"));
    execute(
        "update leads set notes = notes || E'\\nfrom the portal', updated_at = now() where"
            + " airtable_record_id = '"
            + claimed
            + "'");
    works(0, "sync");
    leads.update(edited, Map.of("Job Title", "Director"));
    execute("drop schema reconciler cascade");
    owner.getHikariPoolMXBean().softEvictConnections();

    section("Restore").forEach(command -> works(0, command.replace("FILE", file)));

    works(0, "verify");
    assertThat(number("select count(*) from leads where title = 'Director'")).isEqualTo(1);
    assertThat(leads.cells(claimed).get("Notes").asText()).endsWith("from the portal");
    assertThat(number("select count(*) from reconciler.conflict")).isZero();
    assertThat(number("select count(*) from leads")).isEqualTo(RECORDS);
  }

  @Test
  void with_a_wrong_token_each_command_says_so_and_nothing_is_written() {
    sandbox.onRequest(
        request -> true,
        Fault.answer(401, "{\"error\":{\"type\":\"AUTHENTICATION_REQUIRED\"}}").always());
    for (String command : documented("Look, then start.")) {
      if (command.startsWith("check") || command.startsWith("sync")) {
        CommandAnswer answer = run(command);
        assertThat(answer.code()).as(command).isEqualTo(1);
        assertThat(answer.out() + answer.err())
            .as(command)
            .contains("AIRTABLE_API_KEY")
            .doesNotContain(World.TOKEN, "Exception");
      } else {
        works(0, command);
      }
    }
    assertThat(number("select count(*) from leads")).isZero();
  }

  /** Tables of a portal's, with values of their own, for a role with the README's grants. */
  private void portal() {
    execute(
        "create table clients (id uuid primary key, company_name varchar(255) not null, email"
            + " varchar(255) not null, airtable_base_id varchar(255) not null unique, is_active"
            + " boolean not null default true)");
    execute(
        "create table users (id uuid primary key, email varchar(255) not null unique,"
            + " password_hash varchar(255), role varchar(20) not null, client_id uuid, is_active"
            + " boolean not null default true)");
    execute(
        "create table leads (id bigserial primary key, client_id uuid references clients,"
            + " airtable_record_id varchar(255) unique, "
            + ColumnDefinitions.all(World.defaultMapping())
            + ", created_at timestamptz default now(), updated_at timestamptz default now())");
    execute("create table lead_audit (at timestamptz)");
    UUID client = UUID.randomUUID();
    execute("insert into clients values ('" + client + "', 'Acme', 'a@x.example', '" + BASE + "')");
    for (String id : leads.ids()) {
      execute(
          "insert into leads (client_id, airtable_record_id, last_name, email, notes) values ('%s',"
                  .formatted(client)
              + " '%s', '', '', 'from the portal')".formatted(id));
    }
    String database = url.substring(url.lastIndexOf('/') + 1);
    PortalWorld.grant(JdbcClient.create(owner), database);
    environment.put(
        "DATABASE_URL", url.replace("postgres:postgres@", PortalWorld.GUEST + ":guest@"));
  }

  private List<String> stored() {
    return JdbcClient.create(owner)
        .sql("select l::text from leads l order by id")
        .query(String.class)
        .list();
  }

  private void works(int code, String command) {
    CommandAnswer answer = run(command);
    assertThat(answer.code()).as("%s:%n%s%s", command, answer.out(), answer.err()).isEqualTo(code);
  }

  private CommandAnswer run(String command) {
    return CommandAnswer.to(environment, "", command.split(" "));
  }

  private long number(String sql) {
    return JdbcClient.create(owner).sql(sql).query(Long.class).single();
  }

  private void execute(String sql) {
    JdbcClient.create(owner).sql(sql).update();
  }

  /** The commands of a step of the README, without their remarks. */
  private static List<String> documented(String step) {
    List<String> commands = commands(readme(), "\\*\\*" + Pattern.quote(step) + "\\*\\*");
    assertThat(commands).hasSizeGreaterThan(2);
    return commands;
  }

  /** The same of a section of the operations page, with FILE for its file. */
  private static List<String> section(String heading) {
    return commands(text(Path.of("docs", "operations.md")), "\n##+ " + heading + "\n").stream()
        .map(command -> command.replaceAll("/var/backups/.*zip", "FILE"))
        .toList();
  }

  private static List<String> commands(String page, String heading) {
    String block =
        Pattern.compile("(?s)" + heading + ".*?```sh\n(.*?)```")
            .matcher(page)
            .results()
            .map(match -> match.group(1))
            .findFirst()
            .orElseThrow();
    List<String> commands = new ArrayList<>();
    block
        .lines()
        .map(line -> line.replaceAll("#.*", "").strip())
        .filter(line -> line.startsWith("./reconciler "))
        .forEach(line -> commands.add(line.substring("./reconciler ".length())));
    assertThat(commands).isNotEmpty();
    return commands;
  }

  private static String readme() {
    return text(Path.of("README.md"));
  }

  private static String text(Path page) {
    try {
      return Files.readString(page);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
