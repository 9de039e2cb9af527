package io.reconciler.program.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariDataSource;
import io.reconciler.cli.Console;
import io.reconciler.sandbox.Fault;
import io.reconciler.sandbox.Sandbox;
import io.reconciler.sandbox.SandboxOptions;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.world.TestDatabase;
import io.reconciler.world.World;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The command as a user has it, from the settings to the exit code. */
class CheckProgramTest {

  private static final String BASE = "appAbCdEfGhIjKlMn";
  private final String url = TestDatabase.url();

  @Test
  void a_set_up_that_is_in_order_gives_0_and_one_without_a_client_1() throws IOException {
    Mapping mapping = World.defaultMapping();
    try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults())) {
      sandbox.base(BASE).addTable(mapping.table(), World.fields(mapping));
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ByteArrayOutputStream err = new ByteArrayOutputStream();

      int good = check(sandbox, Map.of("AIRTABLE_BASE_ID", BASE), out, err);
      JsonNode said = new ObjectMapper().readTree(out.toByteArray());
      out.reset();
      int bad = check(sandbox, Map.of(), out, err);

      assertThat(good).isZero();
      assertThat(said.path("ok").asBoolean()).isTrue();
      assertThat(bad).isEqualTo(1);
      assertThat(new ObjectMapper().readTree(out.toByteArray()).path("ok").asBoolean()).isFalse();
      assertThat(said.toString() + out + err).doesNotContain(World.TOKEN);
      assertThat(sandbox.writes()).isEmpty();
      assertThat(isUntouched()).isTrue();
    }
  }

  @Test
  void what_a_first_run_would_do_is_to_be_seen_next_only_until_one_has_succeeded() {
    World world = World.shared();
    world.fresh().create(Map.of("First Name", "Ada"));
    String next = "next: reconciler sync --full --dry-run shows what a first run would do";
    assertThat(CommandAnswer.to(world, "check").out().lines()).last().isEqualTo(next);
    CommandAnswer.to(world, "sync", "--full", "--dry-run");
    world.sandbox().onRequest(request -> true, Fault.answer(401, "{}").always());
    assertThat(world.fullSync().success()).isFalse();
    world.sandbox().clearFaults();
    assertThat(CommandAnswer.to(world, "check").out().lines()).last().isEqualTo(next);

    assertThat(world.fullSync().success()).isTrue();
    CommandAnswer later = CommandAnswer.to(world, "check");
    world.jdbc().sql("delete from reconciler.run").update();
    CommandAnswer muchLater = CommandAnswer.to(world, "check");

    assertThat(later.code()).isZero();
    assertThat(later.out()).contains(" checks: 0 failed").doesNotContain("next: ");
    assertThat(muchLater.out()).contains(" checks: 0 failed").doesNotContain("next: ");
    assertThat(world.sides().differences()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"role R", "database D", "role R in database D"})
  void what_makes_a_server_refuse_writes_is_put_right_by_the_statement_that_is_named(String whose)
      throws IOException {
    String database = url.substring(url.lastIndexOf('/') + 1);
    String role = "\"Reader of " + database + "\"";
    execute("create role " + role + " login password 'x'");
    String setting = whose.replace("R", role).replace("D", database);
    execute("alter " + setting + " set default_transaction_read_only = on");
    String reader = url.replace("postgres:postgres@", "Reader%20of%20" + database + ":x@");

    JsonNode refused = database(reader);
    execute(refused.path("fix").asText());

    assertThat(refused.path("status").asText()).isEqualTo("FAILED");
    assertThat(refused.path("text").asText())
        .isEqualTo("it takes no writes: default_transaction_read_only is on");
    assertThat(refused.path("fix").asText())
        .isEqualTo(
            "begin read write; alter " + setting + " reset default_transaction_read_only; commit;");
    assertThat(database(reader)).isNull();
  }

  /** What is wrong with the server, as {@code check} says it to whoever comes by this URL. */
  private JsonNode database(String reader) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults())) {
      check(sandbox, Map.of("DATABASE_URL", reader), out, new ByteArrayOutputStream());
    }
    for (JsonNode line : new ObjectMapper().readTree(out.toByteArray()).path("checks")) {
      if (line.path("area").asText().equals("database") && !line.path("fix").asText().isEmpty()) {
        return line;
      }
    }
    return null;
  }

  private void execute(String sql) {
    try (HikariDataSource database = TestDatabase.pool(url)) {
      JdbcClient.create(database).sql(sql).update();
    }
  }

  private int check(
      Sandbox sandbox,
      Map<String, String> more,
      ByteArrayOutputStream out,
      ByteArrayOutputStream err) {
    Map<String, String> environment = new HashMap<>(more);
    environment.putIfAbsent("DATABASE_URL", url);
    environment.put("AIRTABLE_API_KEY", World.TOKEN);
    environment.put("AIRTABLE_API_URL", sandbox.url().toString());
    Console console = new Console(stream(out), stream(err), false, false);
    return new CheckProgram(environment::get, Clock.systemUTC()).check(true, List.of(), console);
  }

  private boolean isUntouched() {
    try (HikariDataSource database = TestDatabase.pool(url)) {
      return JdbcClient.create(database)
          .sql("select to_regnamespace('reconciler') is null and to_regclass('leads') is null")
          .query(Boolean.class)
          .single();
    }
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
