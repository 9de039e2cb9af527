package io.reconciler.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reconciler.engine.run.NoActiveClientException;
import io.reconciler.engine.run.RunResult;
import io.reconciler.sandbox.Fault;
import io.reconciler.settings.InvalidSettingsException;
import io.reconciler.world.ChildProcess;
import io.reconciler.world.World;
import io.reconciler.world.WorldTest;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program inside another application, as {@code docs/embedding.md} has it. */
class EmbeddedReconcilerTest extends WorldTest {

  private static final Pattern JAVA = Pattern.compile("(?s)```java\n(.*?)```");
  private static final Pattern NAME = Pattern.compile("class (\\w+)");

  private static final String UNAUTHORIZED =
      "{\"error\":{\"type\":\"AUTHENTICATION_REQUIRED\",\"message\":\"Authentication required\"}}";

  @TempDir private Path application;

  @Test
  void both_sides_are_reconciled_by_a_call() {
    String id = leads.create(Map.of("First Name", "Ada", "Notes", "called"));
    try (EmbeddedReconciler reconciler = EmbeddedReconciler.open(world.environment())) {
      RunResult first =
          Objects.requireNonNull(reconciler.reconcileRecentChanges(60).get(0).result());
      assertThat(first.success()).isTrue();
      assertThat(first.stage1().inserted()).isEqualTo(1);
      claim(id, ALICE, GRACE_OVER);

      RunResult second = reconciler.reconcileRecentChanges(60, String.valueOf(first.baseId()));

      assertThat(second.stage2().updated()).isEqualTo(1);
      assertThat(cell(id, "Claimed By")).isEqualTo(ALICE.toString());
      assertThat(world.sides().differences()).isEmpty();
    }
  }

  @Test
  void what_can_not_be_run_is_refused() {
    try (EmbeddedReconciler reconciler = EmbeddedReconciler.open(world.environment())) {
      for (int minutes : new int[] {0, -1, 1441}) {
        assertThatThrownBy(() -> reconciler.reconcileRecentChanges(minutes))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage("lookbackMinutes must be between 1 and 1440");
      }
      assertThatThrownBy(() -> reconciler.reconcileRecentChanges(60, "appNobodyHasThis0"))
          .isInstanceOf(NoActiveClientException.class);
      world.jdbc().sql("update clients set is_active = false").update();
      assertThatThrownBy(() -> reconciler.reconcileRecentChanges(60))
          .isInstanceOf(NoActiveClientException.class);
    }
    assertThatThrownBy(() -> EmbeddedReconciler.open(Map.of()))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("DATABASE_URL");
  }

  @Test
  @SuppressWarnings("NullAway") // what an application may do all the same
  void null_is_refused_by_name_and_stands_for_no_client() {
    leads.create(Map.of("First Name", "Ada"));
    try (EmbeddedReconciler reconciler = EmbeddedReconciler.open(world.environment())) {
      assertThatThrownBy(() -> reconciler.reconcileRecentChanges(60, null))
          .isInstanceOf(NullPointerException.class)
          .hasMessage("baseId");
    }
    assertThatThrownBy(() -> EmbeddedReconciler.open(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("environment");
    assertThat(world.count("select count(*) from reconciler.run")).isZero();
    assertThat(world.count("select count(*) from leads")).isZero();
  }

  @Test
  void the_longest_window_is_a_day_and_no_more() {
    String id = leads.create(Map.of("First Name", "Ada"));
    try (EmbeddedReconciler reconciler = EmbeddedReconciler.open(world.environment())) {
      for (int minutes : new int[] {Integer.MIN_VALUE, Integer.MAX_VALUE}) {
        assertThatThrownBy(() -> reconciler.reconcileRecentChanges(minutes, world.baseId()))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage("lookbackMinutes must be between 1 and 1440");
      }
      assertThat(world.count("select count(*) from reconciler.run")).isZero();
      assertThat(reconciler.reconcileRecentChanges(1440, world.baseId()).success()).isTrue();
    }
    assertThat(world.lead(id)).containsEntry("first_name", "Ada");
    assertThat(world.sides().differences()).isEmpty();
  }

  @Test
  void a_mapping_that_is_none_keeps_it_from_opening() throws IOException {
    Path mapping = Files.writeString(application.resolve("mapping.yaml"), "fields: none\n");
    for (String place : List.of("file:" + mapping, "file:" + application.resolve("nowhere.yaml"))) {
      Map<String, String> environment = new HashMap<>(world.environment());
      environment.put("RECONCILER_MAPPING", place);
      assertThatThrownBy(() -> EmbeddedReconciler.open(environment))
          .isInstanceOf(InvalidSettingsException.class)
          .hasMessageContaining(place.substring("file:".length()));
    }
  }

  @Test
  void a_token_that_airtable_does_not_know_is_what_the_result_says() {
    leads.create(Map.of("First Name", "Ada"));
    world.sandbox().onRequest(request -> true, Fault.answer(401, UNAUTHORIZED));
    try (EmbeddedReconciler reconciler = EmbeddedReconciler.open(world.environment())) {
      RunResult result = reconciler.reconcileRecentChanges(60, world.baseId());

      assertThat(result.success()).isFalse();
      assertThat(result.failure()).contains("401", "AIRTABLE_API_KEY").doesNotContain(World.TOKEN);
      assertThat(world.count("select count(*) from leads")).isZero();
      world.sandbox().clearFaults();
      assertThat(reconciler.reconcileRecentChanges(60, world.baseId()).success()).isTrue();
    }
    assertThat(world.sides().differences()).isEmpty();
  }

  @Test
  void the_example_of_the_docs_runs_in_an_application_with_a_configuration_of_its_own()
      throws Exception {
    leads.create(Map.of("First Name", "Ada"));
    compile();
    Files.writeString(
        application.resolve("application.yaml"), "reconciler: {lease-ms: none}\ncamel: {none: x}");
    Path output = application.resolve("out.txt");
    ProcessBuilder builder =
        ChildProcess.java(
            application + File.pathSeparator + System.getProperty("java.class.path"), "LastHour");
    builder.environment().putAll(world.environment());

    int code = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start().waitFor();

    assertThat(output)
        .content()
        .contains("Sync complete in", "Stage 1: 1 processed", "Stage 2: 0 updated");
    assertThat(code).isZero();
    assertThat(world.sides().differences()).isEmpty();
  }

  private void compile() throws IOException {
    String docs = Files.readString(Path.of("docs/embedding.md"));
    for (String source : JAVA.matcher(docs).results().map(match -> match.group(1)).toList()) {
      MatchResult name = NAME.matcher(source).results().findFirst().orElseThrow();
      Files.writeString(application.resolve(name.group(1) + ".java"), source);
    }
    String[] arguments = {
      "-cp",
      System.getProperty("java.class.path"),
      "-d",
      application.toString(),
      application.resolve("LastHour.java").toString(),
      application.resolve("ReconcilerConfiguration.java").toString()
    };
    assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments)).isZero();
  }
}
