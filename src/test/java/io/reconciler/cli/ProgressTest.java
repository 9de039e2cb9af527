package io.reconciler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.engine.run.RunResult;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProgressTest {

  private static final RunResult.PlannedWrite WRITE =
      new RunResult.PlannedWrite("rec00000000000001", "push", "notes", null, null, "update");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private Progress progress(boolean terminal) {
    return new Progress(new Console(stream(out), stream(err), terminal, false));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, false, StandardCharsets.UTF_8);
  }

  /** What stood on the line, one drawing after the other. */
  private List<String> drawn() {
    return List.of(err.toString(StandardCharsets.UTF_8).split("\r"));
  }

  @Test
  void a_terminal_sees_records_requests_and_time() {
    try (Progress progress = progress(true)) {
      progress.start("pull");
      progress.total(200);
      progress.requests(7);
      progress.records(50);
    }
    assertThat(drawn())
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains("pull")
                    .contains("25%")
                    .contains("50/200 records")
                    .contains("7 requests")
                    .containsPattern("\\(0:00:0\\d / [0-9:?]+\\)"));
  }

  @Test
  void without_a_total_the_line_counts_what_was_done() {
    try (Progress progress = progress(true)) {
      progress.stage("pull");
      progress.requests(1);
      progress.records(1050);
    }
    assertThat(drawn())
        .anySatisfy(
            line -> assertThat(line).containsPattern("^pull  1,050 records, 1 request, \\d s *$"))
        .noneMatch(line -> line.contains("?"));
  }

  @Test
  void each_stage_counts_from_its_own_start() {
    try (Progress progress = progress(true)) {
      progress.stage("pull");
      progress.records(50);
      progress.stage("push");
      progress.total(10);
      progress.records(3);
    }
    assertThat(drawn())
        .anySatisfy(line -> assertThat(line).contains("push").contains("3/10 records"));
  }

  @Test
  void where_the_writes_are_printed_on_the_same_terminal_the_line_is_gone() {
    Console console = new Console(stream(out), stream(err), true, false, false, true, 80);
    try (Progress progress = new Progress(console)) {
      progress.stage("pull");
      progress.records(1);
      progress.planned(WRITE);
      int before = drawn().size();
      progress.records(2);
      progress.stage("push");
      progress.records(1);

      assertThat(drawn()).hasSize(before).last().asString().isBlank();
    }
  }

  @Test
  void where_they_go_to_a_file_it_stays() {
    try (Progress progress = progress(true)) {
      progress.stage("pull");
      progress.planned(WRITE);
      progress.stage("push");
      progress.records(3);
    }
    assertThat(drawn()).anySatisfy(line -> assertThat(line).contains("push").contains("3 records"));
  }

  @Test
  void the_line_is_blank_in_the_end() {
    try (Progress progress = progress(true)) {
      progress.start("pull");
      progress.records(50);
    }
    String all = err.toString(StandardCharsets.UTF_8);
    assertThat(all).endsWith("\r");
    List<String> drawn = drawn();
    String last = drawn.get(drawn.size() - 1);
    assertThat(last).isBlank();
    assertThat(drawn).allMatch(line -> line.length() <= last.length() && last.length() < 80);
  }

  @Test
  void stdout_stays_clean() {
    try (Progress progress = progress(true)) {
      progress.start("pull");
      progress.records(50);
    }
    assertThat(out.size()).isZero();
  }

  @Test
  void a_pipe_sees_nothing() {
    try (Progress progress = progress(false)) {
      progress.start("pull");
      progress.total(200);
      progress.requests(7);
      progress.records(50);
    }
    assertThat(err.size() + out.size()).isZero();
  }

  @Test
  void many_threads_may_report_at_once() {
    try (Progress progress = progress(true)) {
      progress.start("pull");
      IntStream.rangeClosed(1, 200)
          .parallel()
          .forEach(
              i -> {
                progress.total(200);
                progress.requests(i);
                if (i % 50 == 0) {
                  progress.stage("part");
                }
                progress.records(i);
              });
      progress.stage("last");
      progress.records(200);
    }
    assertThat(drawn())
        .anySatisfy(line -> assertThat(line).contains("last").contains("200 records"));
  }
}
