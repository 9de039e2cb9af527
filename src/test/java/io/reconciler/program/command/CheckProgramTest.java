package io.reconciler.program.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariDataSource;
import io.reconciler.cli.Console;
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

  private int check(
      Sandbox sandbox,
      Map<String, String> more,
      ByteArrayOutputStream out,
      ByteArrayOutputStream err) {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("DATABASE_URL", url);
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
