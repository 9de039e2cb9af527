package io.reconciler.program.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.reconciler.program.boot.TestService;
import io.reconciler.service.user.Passwords;
import io.reconciler.service.user.Role;
import io.reconciler.service.user.UserTable;
import io.reconciler.world.PortalWorld;
import io.reconciler.world.ServiceWorld;
import io.reconciler.world.SideBySide;
import io.reconciler.world.TestDatabase;
import io.reconciler.world.WorldTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command and the service, with no more rights than the README grants. */
@SideBySide(SideBySide.Lane.BUILDS)
class LeastRightsTest extends WorldTest {

  private static final String ADMIN = "ann@example.com";
  private static final String PASSWORD = ServiceWorld.PASSWORD;

  LeastRightsTest() {
    super(PortalWorld.shared());
  }

  @BeforeEach
  @AfterEach
  void nobodyAndNoMoreRights() {
    execute("delete from users");
    execute("revoke update, delete on users from " + PortalWorld.GUEST);
    for (String column : List.of("password_hash", "role", "client_id", "is_active")) {
      execute("revoke update (%s) on users from %s".formatted(column, PortalWorld.GUEST));
    }
    execute("grant insert, update on clients to " + PortalWorld.GUEST);
    execute("grant insert on users to " + PortalWorld.GUEST);
    execute("grant select, insert, update on leads to " + PortalWorld.GUEST);
    execute("alter table leads drop column if exists secret");
  }

  @Test
  void every_command_does_its_work() {
    String id = leads.create(Map.of("First Name", "Ada", "Booked At", "soon"));
    leads.create(Map.of("First Name", "Bob"));

    works(0, "check");
    works(0, "client add --name Other --email o@x.example --base appOther000000001");
    works(0, "client rename appOther000000001 --name Another");
    works(0, "client deactivate appOther000000001");
    works(0, "client activate appOther000000001");
    works(0, "client deactivate appOther000000001");
    works(0, "client list");
    works(0, "user add --email " + ADMIN + " --role SUPER_ADMIN --password-stdin");
    works(0, "user list");
    works(3, "sync --full --dry-run");
    works(3, "sync --full");
    works(3, "verify");
    works(0, "runs list");
    works(0, "conflicts list");
    works(0, "dead-letters list");
    works(3, "dead-letters retry --all");

    works(0, "forget " + id);
  }

  @Test
  void the_engines_tables_are_backed_up_and_restored(@TempDir Path folder) {
    leads.create(Map.of("First Name", "Ada"));
    works(0, "sync --full");

    works(0, "backup " + folder.resolve("a.zip"));
    world.database().getHikariPoolMXBean().softEvictConnections();
    world.count(
        "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database()"
            + " and usename = '"
            + PortalWorld.GUEST
            + "'");
    world.database().getHikariPoolMXBean().softEvictConnections();
    works(0, "restore " + folder.resolve("a.zip"));

    assertThat(world.count("select count(*) from reconciler.agreed_value")).isEqualTo(1);
  }

  @Test
  void a_role_that_only_reads_clients_and_users_still_syncs() {
    execute("revoke insert, update on clients from " + PortalWorld.GUEST);
    execute("revoke insert on users from " + PortalWorld.GUEST);
    leads.create(Map.of("First Name", "Ada"));

    works(0, "check");
    works(0, "sync --full");

    assertThat(world.sides().differences()).isEmpty();
    assertThat(run("client add --name A --email a@x.example --base appOther000000002").code())
        .isEqualTo(1);
  }

  @Test
  void rights_on_the_mapped_columns_alone_are_enough_where_the_portal_keeps_others_to_itself() {
    onlyMappedColumns();
    String id = leads.create(Map.of("First Name", "Ada", "Booked At", "soon"));
    String other = leads.create(Map.of("First Name", "Bob"));
    works(0, "check");
    works(3, "sync --full --dry-run");
    works(3, "sync --full");
    world.portalEdit(other, Duration.ofMinutes(2), Map.of("notes", "called"));
    works(3, "sync --dry-run");
    works(3, "sync");
    assertThat(leads.cells(other).get("Notes").asText()).isEqualTo("called");
    works(3, "verify");
    works(0, "tables");
    works(0, "runs list");
    works(0, "conflicts list");
    assertThat(run("dead-letters list").out()).contains("Ada");
    works(3, "dead-letters retry --all");
    leads.update(id, Map.of("Claimed By", "somebody"));
    works(3, "sync");
    execute("delete from leads where airtable_record_id = '" + other + "'");
    leads.delete(other);
    execute("update reconciler.agreed_value set airtable_modified_at = now() - interval '91 days'");
    works(3, "sync --full");

    assertThat(text("select string_agg(airtable_record_id, ',') from reconciler.agreed_value"))
        .isEqualTo(id);
    assertThat(text("select first_name || ' ' || secret from leads")).isEqualTo("Ada no");
    works(0, "forget " + id);
  }

  private void onlyMappedColumns() {
    String guest = PortalWorld.GUEST;
    List<String> columns = new ArrayList<>(world.mapping().postgres().ownColumns());
    world.mapping().fields().forEach(field -> columns.add(field.column()));
    String all = String.join(", ", columns);
    execute("alter table leads add column secret text not null default 'no'");
    execute("revoke select, insert, update on leads from " + guest);
    execute(
        "grant select (%1$s), insert (%1$s), update (%1$s) on leads to %2$s".formatted(all, guest));
  }

  @Test
  void users_are_changed_only_with_the_rights_that_the_readme_names_for_it() {
    works(0, "user add --email " + ADMIN + " --role CLIENT_USER --password-stdin");
    List<String> changes =
        List.of(
            "user password " + ADMIN + " --password-stdin",
            "user role " + ADMIN + " SUPER_ADMIN",
            "user client " + ADMIN + " none",
            "user deactivate " + ADMIN,
            "user activate " + ADMIN,
            "user remove " + ADMIN);
    String before = text("select u::text from users u");
    for (String change : changes) {
      CommandAnswer refused = run(change);
      assertThat(refused.code()).as(change).isEqualTo(1);
      assertThat(refused.err()).contains("permission denied for table users");
    }
    assertThat(text("select u::text from users u")).isEqualTo(before);

    PortalWorld.grants(1, "").forEach(this::execute);

    changes.forEach(change -> works(0, change));
    assertThat(world.count("select count(*) from users")).isZero();
  }

  @Test
  void the_service_does_its_work() throws Exception {
    new UserTable(world.jdbc()).add(ADMIN, new Passwords().hash(PASSWORD), Role.SUPER_ADMIN, null);
    String record = leads.create(Map.of("First Name", "Ada"));
    try (HikariDataSource guest = TestDatabase.pool(world.environment().get("DATABASE_URL"));
        TestService service =
            TestService.start(
                world.settings(), world.mapping(), guest, Clock.systemUTC(), new HashMap<>())) {
      String token =
          answered(
                  service,
                  "",
                  "/api/auth/login",
                  "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(ADMIN, PASSWORD))
              .replaceAll(".*\"token\":\"([^\"]+)\".*", "$1");
      assertThat(answered(service, token, "/api/admin/sync/delta", "{}"))
          .contains("\"inserted\":1");
      String lead = text("select id from leads where airtable_record_id = '" + record + "'");
      answered(service, token, "/api/leads/" + lead + "/notes", "{\"note\":\"called\"}");
      answered(service, token, "/api/leads/" + lead + "/claim", null);
      assertThat(text("select claimed_by from leads")).isEqualTo(text("select id from users"));
      for (String list : List.of("admin/runs", "admin/clients", "admin/conflicts", "leads")) {
        answered(service, token, "/api/" + list, "GET");
      }
    }
  }

  private static String answered(TestService service, String token, String path, String body)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + path));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    if (!"GET".equals(body)) {
      request.header("Content-Type", "application/json");
      request.POST(body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    }
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isEqualTo(200);
    return answer.body();
  }

  private void works(int code, String line) {
    CommandAnswer answer = run(line);
    assertThat(answer.code()).as("%s: %s%s", line, answer.out(), answer.err()).isEqualTo(code);
    assertThat(answer.err() + answer.out()).as(line).doesNotContain("permission denied");
  }

  private CommandAnswer run(String line) {
    Map<String, String> environment = new HashMap<>(world.environment());
    environment.put("AIRTABLE_BASE_ID", world.baseId());
    return CommandAnswer.to(environment, PASSWORD + "\n", line.split(" "));
  }

  private void execute(String sql) {
    world.jdbc().sql(sql).update();
  }
}
