package io.reconciler.program.boot;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reconciler.settings.Secret;
import io.reconciler.settings.Settings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.spi.MDCAdapter;

@Isolated("What is logged is its subject, and other classes log, too.")
class LogFormatTest {

  private static String logged(String format) throws JoranException {
    PrintStream before = System.err;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    System.setProperty("RECONCILER_LOG_FORMAT", format);
    System.setErr(new PrintStream(out, true, StandardCharsets.UTF_8));
    LoggerContext context = new LoggerContext();
    MDCAdapter mdc = ((LoggerContext) LoggerFactory.getILoggerFactory()).getMDCAdapter();
    context.setMDCAdapter(mdc);
    try (var run = MDC.putCloseable("run", "8b5f2c1e-0000");
        var client = MDC.putCloseable("client", "appOne")) {
      JoranConfigurator configurator = new JoranConfigurator();
      configurator.setContext(context);
      configurator.doConfigure(LogFormatTest.class.getResource("/logback.xml"));
      context
          .getLogger("io.reconciler.engine.run")
          .warn("it \"failed\"", new IllegalStateException("the cause"));
      new Secret("t0kenOfNobody");
      context.getLogger("x.Wire").warn("a\nFORGED \u001b[2J\u009b\u202e t0kenOfNobody");
      mdc.clear();
      context.getLogger("io.reconciler.engine.run").warn("outside");
    } finally {
      System.clearProperty("RECONCILER_LOG_FORMAT");
      System.setErr(before);
      context.stop();
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void json_is_one_object_a_line_with_run_client_and_stack_trace() throws Exception {
    String[] lines = logged("json").split("\n");
    assertThat(lines).hasSize(3);
    assertThat(lines[1]).matches("[ -~]+").doesNotContain("t0kenOfNobody");
    assertThat(new ObjectMapper().readTree(lines[1]).path("message").asText())
        .isEqualTo("a\nFORGED \u001b[2J\u009b\u202e ***");
    JsonNode line = new ObjectMapper().readTree(lines[0]);
    assertThat(line.path("message").asText()).isEqualTo("it \"failed\"");
    assertThat(line.path("level").asText()).isEqualTo("WARN");
    assertThat(line.path("@timestamp").asText()).endsWith("Z");
    assertThat(line.path("run").asText()).isEqualTo("8b5f2c1e-0000");
    assertThat(line.path("client").asText()).isEqualTo("appOne");
    assertThat(line.path("stack_trace").asText())
        .contains("IllegalStateException: the cause", "LogFormatTest");
    assertThat(new ObjectMapper().readTree(lines[2]).has("run")).isFalse();
  }

  @Test
  void text_names_client_and_run_in_a_run_alone() throws Exception {
    assertThat(logged(" "))
        .contains(" WARN  [appOne 8b5f2c1e] it \"failed\"\n", "the cause", " WARN  outside\n");
  }

  @Test
  void text_is_on_one_line_and_steers_no_terminal() throws Exception {
    assertThat(logged("text"))
        .contains("] a\\nFORGED \\u001b[2J\\u009b\\u202e ***\n")
        .doesNotContain("\nFORGED", "\u001b", "\u009b", "\u202e", "t0kenOfNobody");
  }

  @Test
  void debug_as_in_node_becomes_the_level_of_the_package() {
    Settings settings = Settings.read(Map.of("DEBUG", "reconciler:pull")::get, Set.of());
    assertThat(Verbosity.arguments(settings))
        .contains("--debug=false", "--logging.level.io.reconciler.engine.pull=DEBUG");
    Settings former = Settings.read(Map.of("DEBUG", "reconciler:store")::get, Set.of());
    assertThat(Verbosity.arguments(former))
        .contains("--logging.level.io.reconciler.side.postgres=DEBUG");
    Settings all = Settings.read(Map.of("DEBUG", "reconciler:*")::get, Set.of());
    assertThat(Verbosity.arguments(all)).contains("--logging.level.io.reconciler=DEBUG");
  }
}
