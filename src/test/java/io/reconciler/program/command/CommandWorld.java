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
import io.reconciler.sandbox.table.SandboxBase;
import io.reconciler.world.TestDatabase;
import io.reconciler.world.World;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A sandbox without a rate limit, an empty database, and command lines between the two. */
final class CommandWorld implements AutoCloseable {

  static final String BASE = "appSandbox0000001";

  private final Path mappings;
  private final String url = TestDatabase.url();
  private final HikariDataSource database = TestDatabase.pool(url);
  private final Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withRequestsPerSecond(0));

  /** With the mappings of this folder, which need not be there yet. */
  CommandWorld(Path mappings) {
    this.mappings = mappings;
  }

  /** What a command said and how it ended. */
  record Answer(int code, String out, String err) {

    JsonNode json() throws IOException {
      return new ObjectMapper().readTree(out);
    }
  }

  Answer run(String... line) {
    return run(Map.of("RECONCILER_MAPPING", "file:" + mappings), line);
  }

  /** With the mapping that comes with the program. */
  Answer runWithoutMappings(String... line) {
    return run(Map.of(), line);
  }

  private Answer run(Map<String, String> more, String... line) {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("DATABASE_URL", url);
    environment.put("AIRTABLE_API_KEY", World.TOKEN);
    environment.put("AIRTABLE_BASE_ID", BASE);
    environment.put("AIRTABLE_API_URL", sandbox.url().toString());
    environment.put("RECONCILER_RATE_LIMIT_MS", "10");
    Commands commands = AllCommands.of(environment::get, Clock.systemUTC());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code = Cli.run(line, commands, new Console(stream(out), stream(err), false, false));
    return new Answer(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** What {@code sync --json} says, with these options, and ends with this code. */
  JsonNode sync(int code, String... options) throws IOException {
    List<String> line = new ArrayList<>(List.of("sync", "--json"));
    line.addAll(List.of(options));
    Answer sync = run(line.toArray(String[]::new));
    assertThat(sync.code()).as(sync.out() + sync.err()).isEqualTo(code);
    return sync.json();
  }

  /** Both sides are the same, and a run finds nothing to do on either. */
  void quiet() throws IOException {
    Answer verify = run("verify", "--json");
    assertThat(verify.code()).as(verify.out() + verify.err()).isZero();
    sandbox.clearLogs();
    JsonNode idle = sync(0);
    assertThat(sandbox.writes()).isEmpty();
    assertThat(idle.at("/stage1/updated").asInt()).isZero();
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  Sandbox sandbox() {
    return sandbox;
  }

  SandboxBase base() {
    return sandbox.base(BASE);
  }

  JdbcClient jdbc() {
    return JdbcClient.create(database);
  }

  @Override
  public void close() {
    sandbox.close();
    database.close();
  }
}
