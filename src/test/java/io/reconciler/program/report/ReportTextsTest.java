package io.reconciler.program.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.reconciler.cli.Console;
import io.reconciler.engine.repair.LedgerKind;
import io.reconciler.engine.run.Client;
import io.reconciler.engine.run.RunResult;
import io.reconciler.engine.verify.Cause;
import io.reconciler.engine.verify.Difference;
import io.reconciler.engine.verify.VerifyOutcome;
import io.reconciler.engine.verify.VerifyResult;
import io.reconciler.side.postgres.OneColumn;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What reports say: counts that agree, and all of it where nobody turns pages. */
class ReportTextsTest {

  private static final UUID ID = new UUID(1, 2);
  private static final String LONG = "x".repeat(200);

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void the_errors_that_are_shown_and_those_that_are_left_out_are_all_there_are() {
    Summary.print(result(297, 3), console(false));

    List<String> lines = lines();
    assertThat(lines.get(0)).contains("succeeded with errors in 0.0 s");
    assertThat(lines).filteredOn(line -> line.startsWith("  error: ")).hasSize(10);
    assertThat(lines).contains("  ... and 290 more errors: --json shows up to 100 a stage");
  }

  @Test
  void a_run_without_errors_simply_succeeded() {
    Summary.print(result(0, 0), console(false));

    assertThat(lines().get(0)).contains("succeeded in 0.0 s");
    assertThat(lines()).hasSize(4);
  }

  @Test
  void the_list_of_runs_says_it_too() throws Exception {
    var run =
        new ObjectMapper().readTree("{\"outcome\":\"succeeded\",\"stage1\":{\"errorCount\":1}}");

    assertThat(LedgerTables.lines(LedgerKind.RUNS, List.of(run), false, false, 100).get(1))
        .contains("succeeded with errors");
  }

  @Test
  void one_is_one() {
    Summary.print(result(1, 0), console(false));

    assertThat(lines().get(1)).endsWith(", 1 error");
    assertThat(lines().get(2)).endsWith(", 0 errors");
  }

  @Test
  void a_narrow_terminal_gets_whole_words() {
    Summary.print(result(297, 3), new Console(out, out, false, false, false, true, 60));

    assertThat(lines()).allMatch(line -> line.length() <= 60);
    assertThat(String.join(" ", lines()).replaceAll(" +", " "))
        .contains("0 in grace, 0 newer in Airtable, 0 unchanged");
  }

  @Test
  void what_has_no_room_beside_the_rest_follows_below() {
    TextTable table = new TextTable("ID", "FIELD", "", "REASON");
    table.row("12345678", "booked_at", "", "is not a date, whatever else it may be");

    assertThat(table.lines(30))
        .containsExactly(
            "ID        FIELD",
            "  REASON",
            "12345678  booked_at",
            "  is not a date, whatever else",
            "  it may be");
    assertThat(table.lines(50).get(1))
        .isEqualTo("12345678  booked_at  is not a date, whatever else…");
    assertThat(table.lines(100).get(1)).endsWith("whatever else it may be");
  }

  @Test
  void a_terminal_gets_the_beginning_of_a_comparison_and_its_totals() {
    new VerifyReport(List.of(differing(60))).print(false, console(true));

    assertThat(lines()).hasSize(2 + VerifyReport.SHOWN + 1);
    assertThat(lines().get(1)).isEqualTo("  0 pending, 0 in grace, 60 dead letter, 0 unexplained");
    assertThat(lines()).allMatch(line -> line.length() <= TextTable.WIDTH);
    assertThat(lines().get(52)).startsWith("  ... and 10 more: ");
  }

  @Test
  void a_comparison_keeps_to_a_narrow_terminal() {
    new VerifyReport(List.of(differing(3)))
        .print(false, new Console(out, out, false, false, false, true, 60));

    // A value has no blanks to break it at.
    assertThat(lines())
        .filteredOn(line -> line.strip().contains(" "))
        .allMatch(line -> line.length() <= 60);
    assertThat(lines().get(0)).contains("matched");
  }

  @Test
  void a_pipe_gets_all_of_it_uncut() {
    new VerifyReport(List.of(differing(60))).print(false, console(false));

    assertThat(lines()).hasSize(2 + 60);
    assertThat(lines().get(61)).contains(LONG, "(dead letter: is bad)");
  }

  private Console console(boolean paged) {
    return new Console(out, out, false, false, false, paged);
  }

  private List<String> lines() {
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private static VerifyOutcome differing(int fields) {
    Difference difference =
        new Difference(
            "rec1",
            "company",
            TextNode.valueOf(LONG),
            TextNode.valueOf("y"),
            false,
            Cause.DEAD_LETTER,
            "is bad");
    Map<Cause, Long> causes = new EnumMap<>(Cause.class);
    for (Cause cause : Cause.values()) {
      causes.put(cause, cause == Cause.DEAD_LETTER ? (long) fields : 0L);
    }
    causes.remove(Cause.ALTERED);
    causes.remove(Cause.ROW_SECURITY);
    return new VerifyOutcome(
        new Client(ID, "Acme", "a@b", "appA", true, Set.of()),
        new VerifyResult(
            null,
            ID,
            "appA",
            0,
            fields,
            0,
            0,
            0,
            causes,
            Collections.nCopies(fields, difference),
            List.of(),
            List.of(),
            0,
            List.of()),
        null);
  }

  private static RunResult result(int pullErrors, int pushErrors) {
    return new RunResult(
        ID,
        ID,
        "appA",
        "cli",
        true,
        null,
        false,
        "2026-01-01T00:00:00Z",
        "2026-01-01T00:00:00Z",
        0,
        new RunResult.Stage1(
            0, 0, 0, 0, 0, Collections.nCopies(Math.min(pullErrors, 101), "a"), pullErrors),
        new RunResult.Stage2(
            0,
            0,
            0,
            new RunResult.SkippedBy(0, 0, 0),
            0,
            Collections.nCopies(pushErrors, "b"),
            pushErrors),
        0,
        0,
        null);
  }

  @Test
  void a_lost_cell_that_fits_no_column_is_listed_as_it_was_typed() {
    JsonNode conflict =
        OneColumn.parse(
            """
            {"id": "%s", "winner": "portal", "fieldGroup": "claim",
             "airtable": {"claimed_by": {"raw": "somebody", "reason": "is not a UUID"}}}"""
                .formatted(ID));
    assertThat(
            LedgerTables.lines(LedgerKind.CONFLICTS, List.of(conflict), false, false, 100).get(1))
        .endsWith("somebody")
        .doesNotContain("reason");
  }
}
