package io.reconciler.program.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reconciler.cli.Console;
import io.reconciler.engine.check.CheckLine;
import io.reconciler.engine.check.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckReportTest {

  private static final CheckLine GOOD = new CheckLine("database", Status.OK, "PostgreSQL 17", "");
  private static final CheckLine ODD =
      new CheckLine("schema", Status.WARNING, "no index", "create index;");
  private static final CheckLine BAD =
      new CheckLine("client", Status.FAILED, "No active client found in database", "add one");
  private static final CheckLine LEFT = new CheckLine("token", Status.SKIPPED, "not checked", "");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void the_lines_are_aligned_with_their_fixes_below() {
    int code = print(List.of(GOOD, ODD, BAD, LEFT), false, false);

    assertThat(text().lines())
        .containsExactly(
            "OK       database     PostgreSQL 17",
            "WARNING  schema       no index",
            "                      fix: create index;",
            "FAILED   client       No active client found in database",
            "                      fix: add one",
            "SKIPPED  token        not checked",
            "4 checks: 1 failed, 1 warning, 1 skipped",
            "next: put right what FAILED, from the top, and run reconciler check again");
    assertThat(code).isEqualTo(1);
  }

  @Test
  void many_good_lines_about_one_thing_are_told_as_a_count() {
    print(List.of(GOOD, GOOD, GOOD, GOOD, ODD, GOOD), false, false);

    assertThat(text().lines())
        .startsWith(
            "OK       database     4 are as they should be", "WARNING  schema       no index")
        .contains("OK       database     PostgreSQL 17", "6 checks: 0 failed, 1 warning, 0 skipped")
        .endsWith("next: reconciler sync --full --dry-run shows what a first run would do");
  }

  @Test
  void where_runs_are_made_only_a_failure_has_something_to_do_next() {
    Console console = new Console(stream(out), stream(err), false, false, false);

    new CheckReport(List.of(GOOD, ODD), () -> true).print(false, console);
    assertThat(text().lines()).last().isEqualTo("2 checks: 0 failed, 1 warning, 0 skipped");

    new CheckReport(List.of(GOOD, BAD), () -> true).print(false, console);
    assertThat(text().lines()).last().asString().startsWith("next: put right what FAILED");
  }

  @Test
  void only_a_failure_gives_another_exit_code() {
    assertThat(print(List.of(GOOD, ODD, LEFT), false, false)).isZero();
    assertThat(print(List.of(GOOD, ODD, LEFT), true, false)).isZero();
    assertThat(print(List.of(BAD), true, false)).isEqualTo(1);
  }

  @Test
  void colours_are_for_consoles_that_have_them() {
    print(List.of(BAD), false, true);

    assertThat(text()).startsWith("\u001b[31mFAILED \u001b[0m  client");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_narrow_terminal_gets_whole_words_under_each_other(boolean colours) {
    CheckLine line =
        new CheckLine(
            "token",
            Status.WARNING,
            "the token may not read the tables and fields of the base, so types are not compared",
            "add the scope schema.bases:read to it, and the base under Access");
    Console narrow = new Console(stream(out), stream(err), false, false, colours, true, 60);

    new CheckReport(List.of(line)).print(false, narrow);

    List<String> lines = text().replaceAll("\u001b\\[\\d+m", "").lines().toList();
    assertThat(lines).hasSizeGreaterThan(5).allMatch(shown -> shown.length() <= 60);
    assertThat(lines.get(0)).startsWith("WARNING  token        the token may not read");
    assertThat(lines.get(1)).startsWith(" ".repeat(22)).doesNotStartWith(" ".repeat(23));
    assertThat(String.join(" ", lines).replaceAll(" +", " "))
        .contains(line.text(), "fix: " + line.fix());
  }

  @Test
  void json_is_one_object_with_every_text() throws IOException {
    print(List.of(GOOD, BAD), true, true);

    JsonNode json = new ObjectMapper().readTree(text());
    assertThat(json)
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"ok": false, "checks": [
                      {"area": "database", "status": "OK", "text": "PostgreSQL 17", "fix": ""},
                      {"area": "client", "status": "FAILED",
                       "text": "No active client found in database", "fix": "add one"}]}"""));
    assertThat(err.size()).isZero();
  }

  private int print(List<CheckLine> lines, boolean json, boolean colours) {
    Console console = new Console(stream(out), stream(err), false, false, colours);
    return new CheckReport(lines).print(json, console);
  }

  private String text() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
