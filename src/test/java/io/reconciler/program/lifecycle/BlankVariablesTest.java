package io.reconciler.program.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reconciler.world.ChildProcess;
import io.reconciler.world.PatientWaits;
import io.reconciler.world.SideBySide;
import io.reconciler.world.WorldTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code serve} makes of variables that are blank, or have white space around their value. */
@Tag("proof")
@SideBySide(SideBySide.Lane.BUILDS)
class BlankVariablesTest extends WorldTest {

  private static final String BLANK = " \n";
  private static final Map<String, String> USUAL =
      Map.of("schedule", "0 */20 * * * ?", "refresh", "0 10 */6 * * ?", "sweep", "0 30 3 ? * SUN");
  private static final String SUCCEEDED =
      "select count(*) from reconciler.run where outcome = 'succeeded'";

  @TempDir private Path directory;
  private Path errors;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void serving() throws Exception {
    errors = directory.resolve("errors");
    environment.putAll(world.environment());
    environment.put("RECONCILER_SECRETS_DIR", directory + "\n");
    // The defaults may be taken; a variable that is not set is looked for as a file.
    for (String port : List.of("SERVER_PORT", "MANAGEMENT_SERVER_PORT")) {
      Files.writeString(directory.resolve(port), "0\n");
      environment.put(port, BLANK);
    }
  }

  @Test
  void blank_ones_count_as_not_set() throws Exception {
    for (String name :
        List.of(
            "RECONCILER_SCHEDULE",
            "RECONCILER_REFRESH_SCHEDULE",
            "RECONCILER_SWEEP_SCHEDULE",
            "RECONCILER_JWT_SECRET",
            "RECONCILER_LOG_FORMAT",
            "RECONCILER_CLIENTS_LOOK_MS",
            "SERVER_ADDRESS",
            "MANAGEMENT_SERVER_ADDRESS",
            "SERVER_SSL_BUNDLE",
            "LOGGING_LEVEL_ORG_APACHE_CAMEL",
            "SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_ISSUER_URI",
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            "DEBUG")) {
      environment.put(name, BLANK);
    }
    try (ChildProcess child = ChildProcess.start(environment, errors, "serve")) {
      await()
          .atMost(PatientWaits.PROCESS_PATIENCE)
          .until(() -> ended(child) || triggers().equals(USUAL));

      assertThat(errors).content().contains("serving: schedule 0 */20 * * * ? (UTC); page http://");
      assertThat(triggers()).isEqualTo(USUAL);
      end(child);
    }
  }

  @Test
  void white_space_around_a_value_is_ignored() throws Exception {
    String id = leads.create(Map.of("First Name", "Ada", "Notes", "called"));
    environment.put("RECONCILER_SCHEDULE", "\t0/1 * * * * ?\n");
    environment.put("RECONCILER_REFRESH_SCHEDULE", " 0 0 0 1 1 ? 2099\n");
    environment.put("SERVER_ADDRESS", " 127.0.0.1\n");
    try (ChildProcess child = ChildProcess.start(environment, errors, "serve")) {
      await()
          .atMost(PatientWaits.PROCESS_PATIENCE)
          .until(() -> ended(child) || world.count(SUCCEEDED) > 0);

      assertThat(errors)
          .content()
          .contains("serving: schedule 0/1 * * * * ? (UTC); page http://")
          .contains(world.baseId() + ": the schedule begins a run");
      assertThat(triggers())
          .containsEntry("schedule", "0/1 * * * * ?")
          .containsEntry("refresh", "0 0 0 1 1 ? 2099");
      end(child);
    }
    assertThat(world.lead(id)).containsEntry("first_name", "Ada").containsEntry("notes", "called");
    assertThat(world.sides().differences()).isEmpty();
  }

  private boolean ended(ChildProcess child) throws Exception {
    return !child.isAlive() || Files.readString(errors).contains("could not do its work");
  }

  private void end(ChildProcess child) throws Exception {
    child.terminate();
    assertThat(child.exitCode()).isEqualTo(143);
    assertThat(errors).content().doesNotContain("Exception", "ERROR");
  }

  private Map<String, String> triggers() {
    Map<String, String> triggers = new HashMap<>();
    world
        .jdbc()
        .sql("select trigger_group, cron_expression from reconciler.qrtz_cron_triggers")
        .query((row, number) -> triggers.put(row.getString(1), row.getString(2)))
        .list();
    return triggers;
  }

  @Test
  void a_schedule_that_never_comes_is_refused_before_anything_starts() throws Exception {
    environment.put("RECONCILER_SCHEDULE", "0 0 12 1 1 ? 2020");
    environment.put("RECONCILER_REFRESH_SCHEDULE", "0 0 0 30 2 ?");
    try (ChildProcess child = ChildProcess.start(environment, errors, "serve")) {
      assertThat(child.exitCode()).isEqualTo(2);
    }
    assertThat(Files.readString(errors).lines())
        .containsExactly(
            "RECONCILER_SCHEDULE is malformed: it has no time that is still to come; for example"
                + " 0 */20 * * * ?",
            "RECONCILER_REFRESH_SCHEDULE is malformed: it has no time that is still to come; for"
                + " example 0 10 */6 * * ?");
    assertThat(world.count("select count(*) from reconciler.run")).isZero();
  }
}
