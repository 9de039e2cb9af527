package io.reconciler.service.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.reconciler.engine.check.CheckLine;
import io.reconciler.engine.check.Status;
import io.reconciler.engine.repair.LedgerGroup;
import io.reconciler.engine.repair.SettleResult;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.world.World;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the pages say, from what they are given. */
class ViewsTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant NOW = Instant.parse("2026-11-16T12:00:00Z");
  private static final Mapping LEADS = World.defaultMapping();

  private static JsonNode json(String text) throws Exception {
    return JSON.readTree(text.replace('\'', '"'));
  }

  private static RunRow run(String outcome, @Nullable String failure, String result)
      throws Exception {
    return new RunRow(
        UUID.randomUUID(),
        UUID.randomUUID(),
        "Acme",
        "app1",
        "schedule",
        "schedule",
        20,
        false,
        NOW.minusSeconds(60),
        outcome.equals("running") ? null : NOW.minusSeconds(50),
        outcome,
        failure,
        false,
        result.isEmpty() ? MissingNode.getInstance() : json(result),
        MissingNode.getInstance(),
        null,
        NOW.minusSeconds(1),
        List.of("leads", "companies"));
  }

  private static ClientState client(
      String name, @Nullable RunRow last, long letters, long conflicts) {
    return new ClientState(new UUID(0, 0), name, "app1", true, NOW, last, 0, letters, conflicts, 0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1234567.50 | 1,234,567.5",
        "77.500 | 77.5",
        "1.0E15 | 1,000,000,000,000,000",
        "-0.05 | -0.05",
        "0.0 | 0",
        "1e300 | 1.0E300",
        "[{'filename': 'logo.png', 'id': 'att1', 'size': 3}] | logo.png",
        "{'@waits': [7]} | not in Airtable yet: 7",
        "{'@waits': [7], '@written': [6, 7]} | not in Airtable yet: 7 (of 6, 7)",
        "{'@rowless': ['a'], '@written': ['a', 'b']} | without a row: a (of a, b)",
      })
  void a_value_is_written_as_people_write_it(String raw, String shown) throws Exception {
    assertThat(Value.of(null, json(raw)).text()).isEqualTo(shown);
  }

  @Test
  void the_last_run_is_a_sentence() throws Exception {
    String one = "{'stage1': {'inserted': 1}}";
    assertThat(latest("succeeded", null, one)).isEqualTo("The last run, of Acme: 1 new.");
    assertThat(latest("succeeded", null, "")).isEqualTo("The last run, of Acme: nothing to do.");
    assertThat(latest("running", null, "")).isEqualTo("A run of Acme is going on.");
    assertThat(latest("failed", "no", "")).isEqualTo("The last run, of Acme, failed.");
    assertThat(latest("interrupted", "x", "")).isEqualTo("The last run, of Acme, was interrupted.");
  }

  private static String latest(String outcome, @Nullable String failure, String result)
      throws Exception {
    return RunView.of(run(outcome, failure, result), NOW).latest();
  }

  @Test
  void a_stage_says_how_fast_it_is_and_when_it_will_have_ended() throws Exception {
    JsonNode progress =
        json(
            """
            {'at': '2026-11-16T12:00:10Z', 'stages': [
              {'table': 'leads', 'stage': 'pull', 'began': '2026-11-16T12:00:00Z',
               'ended': '2026-11-16T12:00:04Z', 'done': 400, 'total': 300, 'requests': 5},
              {'table': 'companies', 'stage': 'pull', 'began': '2026-11-16T12:00:05Z',
               'done': 500, 'total': 2000, 'requests': 6}]}""");
    List<StageLine> lines = StageLine.of(progress, true);
    assertThat(lines.get(0))
        .isEqualTo(new StageLine(true, "leads", false, 400, null, 100L, 5, 4_000, null));
    assertThat(lines.get(1))
        .isEqualTo(new StageLine(true, "companies", true, 500, 2_000L, 100L, 6, 5_000, 15_000L));
    assertThat(StageLine.toCome(lines, List.of("leads", "companies")))
        .containsExactly("push leads", "push companies");
    assertThat(StageLine.of(progress, false).get(1).left()).isNull();
    assertThat(StageLine.of(MissingNode.getInstance(), true)).isEmpty();
  }

  @Test
  void a_run_filtered_by_table_counts_what_it_did_there() throws Exception {
    RunRow both =
        run(
            "failed",
            "companies: no",
            "{'stage1':{'updated':5},'stage2':{'updated':7},'tables':["
                + "{'table':'leads','stage1':{'updated':5},'stage2':{'updated':6}},"
                + "{'table':'companies','failure':'no','stage1':{'updated':0},'stage2':{'updated':1}}]}");
    assertThat(both.of("leads").pushed()).isEqualTo(6);
    assertThat(both.of("leads").failure()).isNull();
    assertThat(both.of("companies").failure()).isEqualTo("no");
    assertThat(both.of("tasks")).isSameAs(both);
  }

  @Test
  void the_headline_is_about_what_is_worst() throws Exception {
    RunRow good =
        run("succeeded", null, "{'stage1':{'inserted':2,'updated':3},'stage2':{'updated':7}}");
    RunRow bad = run("failed", "the token was refused", "");
    assertThat(Headline.of(List.of()).text()).contains("No client is active");
    assertThat(Headline.of(List.of(client("Acme", null, 0, 0))).tone()).isEqualTo(Tone.WARN);
    Headline fine = Headline.of(List.of(client("Acme", good, 0, 0)));
    assertThat(fine.tone()).isEqualTo(Tone.CALM);
    assertThat(fine.text() + " " + fine.more())
        .isEqualTo("Everything is in step. The last run changed 12 records.");
    assertThat(Headline.of(List.of(client("Acme", good, 58, 2))).text())
        .isEqualTo("Acme needs you: 58 dead letters and 2 conflicts are open.");
    assertThat(Headline.of(List.of(client("Acme", good, 1, 0))).text())
        .isEqualTo("Acme needs you: 1 dead letter is open.");
    Headline broken = Headline.of(List.of(client("Acme", good, 1, 0), client("Bo", bad, 0, 0)));
    assertThat(broken.tone()).isEqualTo(Tone.BAD);
    assertThat(broken.text()).isEqualTo("2 clients need you.");
    assertThat(broken.more()).isEqualTo("Bo: the token was refused");
    assertThat(Headline.of(List.of(client("Acme", run("running", null, ""), 0, 0))).text())
        .isEqualTo("A run of Acme is going on.");
  }

  @Test
  void nothing_is_only_in_step_while_the_quota_holds_the_schedule_back() throws Exception {
    RunRow good = run("succeeded", null, "{'stage1':{'inserted':2}}");
    Headline fine = Headline.of(List.of(client("Acme", good, 0, 0))).heldBack("too much");
    assertThat(fine.tone()).isEqualTo(Tone.WARN);
    assertThat(fine.text() + " " + fine.more())
        .isEqualTo("The quota holds the schedule back. too much.");
    Headline open = Headline.of(List.of(client("Acme", good, 1, 0))).heldBack("too much");
    assertThat(open.text() + " " + open.more())
        .isEqualTo("Acme needs you: 1 dead letter is open. too much.");
  }

  @Test
  void a_run_says_what_it_did_and_whether_it_lives() throws Exception {
    RunView done =
        RunView.of(
            run(
                "succeeded",
                null,
                "{'stage1':{'inserted':1200,'updated':1,'errorCount':1},'stage2':{'updated':3,'conflicts':1}}"),
            NOW);
    assertThat(done.did())
        .isEqualTo("1,200 new, 1 changed here, 3 sent to Airtable, 1 conflict, 1 error");
    assertThat(done.state()).isEqualTo("done, with errors");
    assertThat(done.tone()).isEqualTo(Tone.WARN);
    RunView lives = RunView.of(run("running", null, ""), NOW);
    assertThat(lives.state()).isEqualTo("running");
    assertThat(RunView.of(run("running", null, ""), NOW.plusSeconds(60)).lost()).isTrue();
    assertThat(RunView.of(run("interrupted", null, ""), NOW).state()).isEqualTo("interrupted");
  }

  @ParameterizedTest
  @CsvSource({
    "340,340 ms",
    "2600,2.6 s",
    "200000,3 min 20 s",
    "3900000,1 h 5 min",
    "183600000,2 d 3 h"
  })
  void durations_are_as_people_say_them(long millis, String text) {
    assertThat(new Format().duration(millis)).isEqualTo(text);
  }

  @Test
  void a_chart_has_a_bar_a_day_and_says_it_in_words() {
    Chart chart =
        Chart.of("Errors", List.of(day(1, 0, 0), day(2, 0, 10)), Day::errors, new Format()::some);
    assertThat(chart.bars()).extracting(Chart.Bar::height).containsExactly(1.5, 36.0);
    assertThat(chart.said()).isEqualTo("Errors. Sun 1 Nov: –; Mon 2 Nov: 10");
    assertThat(chart.latest()).isEqualTo("10");
  }

  private static Day day(int day, long requests, long errors) {
    return new Day(LocalDate.of(2026, 11, day), 0, 0, 0, errors, requests, null, null);
  }

  @Test
  void the_forecast_keeps_the_pace_of_the_last_days() {
    List<Day> week = new ArrayList<>();
    for (int day = 10; day <= 16; day++) {
      week.add(day(day, 100, 0));
    }
    assertThat(Quota.forecast(1500, week, NOW)).isEqualTo(1500 + Math.round(700 / 6.5 * 14.5));
    assertThat(Quota.forecast(7, List.of(day(16, 0, 0)), NOW)).isEqualTo(7);
    assertThat(Quota.of(1500, 2000L, week, NOW).tone()).isEqualTo(Tone.WARN);
    assertThat(Quota.of(0, null, List.of(), NOW).text()).startsWith("0 requests this month");
  }

  @Test
  void differences_are_shown_inside_the_text() {
    assertThat(TextDiff.of("called on Monday", "called on Tuesday"))
        .extracting(part -> part.kind() + ":" + part.text())
        .containsExactly("SAME:called on ", "REMOVED:Monday", "ADDED:Tuesday");
    assertThat(TextDiff.of("one", "one\ntwo"))
        .extracting(part -> part.kind() + ":" + part.text())
        .containsExactly("SAME:one\n", "ADDED:two");
    assertThat(TextDiff.of("", "")).isEmpty();
    assertThat(TextDiff.of("a ".repeat(5000), "b ".repeat(5000))).hasSize(2);
  }

  @Test
  void values_are_written_as_people_write_them() throws Exception {
    assertThat(Value.of(null, json("true")).text()).isEqualTo("yes");
    assertThat(Value.of(null, json("1234567")).text()).isEqualTo("1,234,567");
    assertThat(Value.of(null, json("['a','b']")).text()).isEqualTo("a, b");
    assertThat(Value.of(null, json("{'a':1,'b':['x']}")).text()).isEqualTo("a: 1\nb: x");
    assertThat(Value.of(null, json("''")).kind()).isEqualTo(Value.Kind.NOTHING);
    assertThat(Value.of(null, json("null")).text()).isEqualTo("—");
    assertThat(Value.of(LEADS.column("claimed_at"), json("'2026-11-16T12:00:00.5+00:00'")).time())
        .isEqualTo("2026-11-16T12:00:00.500Z");
    Value longText = Value.text("🦄".repeat(500));
    assertThat(longText.kind()).isEqualTo(Value.Kind.LONG);
    assertThat(longText.size()).isEqualTo("500 characters");
    assertThat(longText.head()).endsWith("🦄…");
  }

  @Test
  void a_row_is_its_name_and_its_address() throws Exception {
    JsonNode row = json("{'first_name':'Ada','last_name':'Lovelace','email':'ada@example.com'}");
    assertThat(RowTitle.of(LEADS, "rec1", row))
        .isEqualTo(new RowTitle("Ada Lovelace", "ada@example.com", "rec1", null));
    assertThat(RowTitle.of(LEADS, "rec1", null).name()).isEqualTo("rec1");
  }

  @ParameterizedTest
  @CsvSource({
    "airtable,newest,60,Airtable's edit is 1 min newer.",
    "portal,newest,-60,The portal's edit is 1 min newer.",
    "airtable,newest,0,'Both edits are of the same second, and then Airtable''s counts.'",
    "merged,merge-lines,9,'Both sides only added lines, so the lines of both were kept.'",
    "portal,portal,9,'The portal always wins here, by the mapping.'"
  })
  void a_conflict_says_why(String winner, String policy, long airtableLater, String why) {
    assertThat(ConflictView.why(winner, policy, NOW.plusSeconds(airtableLater), NOW))
        .isEqualTo(why);
  }

  @Test
  void dead_letters_that_are_alike_have_an_example_and_a_way_out() {
    LetterGroup group =
        LetterGroup.of(
            new LedgerGroup(
                "leads", "pull", "claimed_by", "is not a UUID", 297, "\"kit@example.test\""),
            LEADS);
    assertThat(group.about()).isEqualTo("Claimed By");
    assertThat(group.example()).isEqualTo("kit@example.test");
    assertThat(group.advice()).contains("a user's id in Claimed By");
    assertThat(LetterGroup.piece("has ... characters, at most ... fit"))
        .isEqualTo("characters, at most");
    assertThat(
            LetterGroup.of(
                    new LedgerGroup(
                        "leads", "push", "", "the record is gone from Airtable", 1, null),
                    LEADS)
                .about())
        .isEqualTo("Whole record");
    assertThat(
            LetterGroup.of(new LedgerGroup("leads", "push", "claim", "x", 1, null), LEADS).about())
        .isEqualTo("Claimed By, Claimed At");
  }

  @Test
  void what_settling_came_to_is_told_without_json() {
    UUID id = UUID.randomUUID();
    SettleResult done = SettleResult.of(id, SettleResult.Status.DONE, "both sides hold {\"a\":1}");
    assertThat(SettledText.flash(done, "Done.")).isEqualTo(new Flash(Tone.GOOD, "Done."));
    SettleResult busy = SettleResult.of(id, SettleResult.Status.BUSY, "another run");
    assertThat(SettledText.groups(List.of(done, done, busy), "Done.").path("groups"))
        .extracting(group -> group.path("count").asInt() + " " + group.path("tone").asText())
        .containsExactly("2 GOOD", "1 WARN");
    SettleResult failed =
        SettleResult.of(
            id, SettleResult.Status.FAILED, "recAbCdEfGhIjKlMn failed again: no date (attempt 4)");
    assertThat(SettledText.flash(failed, "Done."))
        .isEqualTo(new Flash(Tone.BAD, "Failed again: no date"));
  }

  @Test
  void the_preflight_puts_what_is_wrong_first() {
    CheckView view =
        CheckView.of(
            List.of(
                new CheckLine("field", Status.OK, "fine", ""),
                new CheckLine("token", Status.FAILED, "refused", "make another")));
    assertThat(view.tone()).isEqualTo(Tone.BAD);
    assertThat(view.said()).startsWith("One thing has to be put right");
    assertThat(view.wanted()).extracting(CheckView.Line::fix).containsExactly("make another");
    assertThat(view.good()).extracting(CheckView.Area::name).containsExactly("field");
  }

  @Test
  void a_line_of_a_file_is_no_formula() {
    assertThat(Csv.line(List.of("a", "=1+1", "x,\"y\"", "l\nm")))
        .isEqualTo("a,'=1+1,\"x,\"\"y\"\"\",\"l\nm\"\r\n");
  }

  @Test
  void the_way_back_stays_on_this_host() {
    assertThat(ReturnPath.path("https://evil.example/runs?a=b", "/")).isEqualTo("/runs?a=b");
    assertThat(ReturnPath.path("https://evil.example//x.example/", "/")).isEqualTo("/");
    assertThat(ReturnPath.path("javascript:alert(1)", "/")).isEqualTo("/");
    assertThat(ReturnPath.path(null, "/")).isEqualTo("/");
  }

  @Test
  void a_comparison_says_what_is_the_same() throws Exception {
    VerifyView view =
        VerifyView.of(
            json(
                "{'outcomes':[{'client':'Acme','base':'app1','result':{'matched':38,'different':1,'missing':0,'extra':1,"
                    + "'causes':{'pending':1,'unexplained':0},'extraRecords':['rec2'],'missingRecords':[],"
                    + "'differences':[{'recordId':'rec1','field':'notes','airtable':'a','postgres':'b','cause':'pending'}]}}]}"),
            table -> LEADS,
            (table, base, ids) -> Map.of("rec1", new RowTitle("Ada", "", "rec1", null)),
            LinkNames.NONE);
    assertThat(view.said()).isEqualTo("38 records are the same, 2 are not.");
    assertThat(view.clients().get(0).causes()).isEqualTo("1 on the way to Airtable");
    assertThat(view.lines())
        .extracting(VerifyView.Line::why)
        .containsExactly("is not in Airtable", "on its way to Airtable");
    assertThat(view.lines()).extracting(line -> line.title().client()).containsOnly("app1");
  }

  @Test
  void a_cell_that_fits_no_column_is_shown_as_it_was_typed() throws Exception {
    assertThat(Value.of(null, json("{'raw':'\\\"somebody\\\"','reason':'is not a UUID'}")).text())
        .isEqualTo("somebody\n(is not a UUID)");
  }
}
