package io.reconciler.engine.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.engine.run.RunResult;
import io.reconciler.sandbox.Fault;
import io.reconciler.sandbox.LoggedRequest;
import io.reconciler.world.SideBySide;
import io.reconciler.world.World;
import io.reconciler.world.WorldTest;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run does when Airtable or the way to it fails. */
@SideBySide
class AirtableFaultsTest extends WorldTest {

  private static final World OWN = World.open(Map.of());

  private static final Predicate<LoggedRequest> ANY = request -> true;
  private static final Predicate<LoggedRequest> PATCH = r -> r.method().equals("PATCH");
  private static final int ATTEMPTS = 5;

  AirtableFaultsTest() {
    super(OWN);
  }

  @AfterAll
  static void closeWorld() {
    OWN.close();
  }

  static Stream<Arguments> passing() {
    return Stream.of(
        Arguments.of("503", Fault.unavailable()),
        Arguments.of("500 without a body", Fault.answer(500, "")),
        Arguments.of("502 with a page", Fault.html(502)),
        Arguments.of("a page with status 200", Fault.html()),
        Arguments.of("an empty 200", Fault.answer(200, "")),
        Arguments.of("half of a JSON text", Fault.answer(200, "{\"records\":[{\"id\":")),
        Arguments.of("JSON that is no page", Fault.answer(200, "{\"tables\":[]}")),
        Arguments.of("a JSON list", Fault.answer(200, "[]")),
        Arguments.of("JSON without end", Fault.answer(200, "{\"records\":" + "[".repeat(5_000))),
        Arguments.of("a part of a page", Fault.answer(206, "{\"records\":[]}")),
        Arguments.of("nothing to be said", Fault.answer(204, "")),
        Arguments.of("a request that was not awaited", Fault.answer(408, "")),
        Arguments.of("a request that was too early", Fault.answer(425, "")),
        Arguments.of(
            "an offset that is a number", Fault.answer(200, "{\"records\":[],\"offset\":5}")),
        Arguments.of(
            "an offset that is a list", Fault.answer(200, "{\"records\":[],\"offset\":[]}")),
        Arguments.of("a page of 101", Fault.answer(200, page(101))),
        Arguments.of("a closed connection", Fault.dropBefore()),
        Arguments.of("a lost answer", Fault.dropAfter()),
        Arguments.of("half of an answer", Fault.truncated()));
  }

  private static String page(int records) {
    return "{\"records\":["
        + "{\"id\":\"rec1\",\"fields\":{}},".repeat(records - 1)
        + "{\"id\":\"rec1\",\"fields\":{}}]}";
  }

  @Test
  void a_listing_that_names_the_same_offset_again_ends_the_run() {
    leads.create(Map.of("First Name", "Ada"));
    String body = page(1).replace("]}", "],\"offset\":\"itrX/recX\"}");
    world
        .sandbox()
        .onRequest(request -> !request.path().contains("/meta/"), Fault.answer(200, body).always());

    RunResult result = world.sync();

    assertThat(result.failure()).contains("same offset twice");
    assertThat(world.count("select count(*) from reconciler.watermark")).isZero();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("passing")
  void a_failure_that_passes_costs_another_attempt_and_nothing_else(String name, Fault fault) {
    boolean applied = name.equals("a lost answer") || name.equals("half of an answer");
    String id = reconciled(1).get(0);
    claim(id, ALICE, GRACE_OVER);
    leads.update(id, Map.of("First Name", "Ada"));
    world.sandbox().onRequest(r -> r.method().equals("GET"), fault.times(4));
    world.sandbox().onRequest(PATCH, fault.times(4));

    RunResult result = sync();

    // Each failed attempt at the listing, and at the PATCH with a look before the next: one that
    // has
    // arrived without an answer is not sent again.
    int expected = applied ? 3 + 4 + 1 : 3 + 4 + 4 + 4;
    assertThat(result.airtableRequests()).isEqualTo(expected);
    assertThat(world.sandbox().requests()).hasSize(expected);
    assertThat(result.stage2().updated()).isEqualTo(1);
    assertThat(world.sides().differences()).isEmpty();
    assertThat(cell(id, "Claimed By")).isEqualTo(ALICE.toString());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("passing")
  void a_failure_that_stays_ends_the_run_after_five_attempts_with_nothing_half_done(
      String name, Fault fault) {
    String id = reconciled(1).get(0);
    leads.update(id, Map.of("First Name", "Ada"));
    claim(id, ALICE, GRACE_OVER);
    List<String> before = world.sides().rows("leads");
    world.sandbox().onRequest(ANY, fault.always());

    RunResult result = world.sync();

    assertThat(result.success()).isFalse();
    assertThat(result.failure()).contains("Airtable").doesNotContain("\n", World.TOKEN);
    assertThat(world.sandbox().requests()).hasSize(ATTEMPTS);
    assertThat(world.sides().rows("leads")).isEqualTo(before);
    assertThat(text("select outcome from reconciler.run order by started_at desc limit 1"))
        .isEqualTo("failed");
    world.sandbox().clearFaults();
    sync();
    assertThat(world.sides().differences()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "401, AUTHENTICATION_REQUIRED, AIRTABLE_API_KEY",
    "403, INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND, scopes",
    "404, NOT_FOUND, base id",
    "400, INVALID_REQUEST_UNKNOWN, parameter"
  })
  void a_refusal_is_not_repeated(int status, String type, String advice) {
    reconciled(1);
    String body = "{\"error\":{\"type\":\"" + type + "\",\"message\":\"No: parameter\"}}";
    world.sandbox().onRequest(ANY, Fault.answer(status, body).always());

    RunResult result = world.sync();

    assertThat(result.failure()).contains(String.valueOf(status), type, advice);
    assertThat(world.sandbox().requests().stream().map(LoggedRequest::path))
        .doesNotHaveDuplicates();
  }

  @Test
  void a_token_revoked_between_two_pages_ends_the_run_and_the_next_takes_the_same_window() {
    for (int i = 0; i < 250; i++) {
      leads.create(Map.of("First Name", "Lead " + i));
    }
    world
        .sandbox()
        .onRequest(
            request -> request.query("offset") != null,
            Fault.answer(401, "{\"error\":{\"type\":\"AUTHENTICATION_REQUIRED\"}}").always());

    RunResult broken = world.sync();

    assertThat(broken.failure()).contains("401", "AIRTABLE_API_KEY");
    assertThat(world.count("select count(*) from leads")).isEqualTo(100);
    assertThat(world.count("select count(*) from reconciler.watermark")).isZero();
    world.sandbox().clearFaults();
    assertThat(sync().stage1().inserted()).isEqualTo(150);
    assertThat(world.sides().differences()).isEmpty();
  }

  @Test
  void a_refusal_of_a_push_that_is_not_about_its_data_ends_the_run() {
    String id = reconciled(1).get(0);
    claim(id, ALICE, GRACE_OVER);
    world.sandbox().onRequest(PATCH, Fault.answer(401, "{\"error\":{\"type\":\"X\"}}").always());

    RunResult result = world.sync();

    assertThat(result.failure()).contains("401 X");
    assertThat(result.stage2().updated()).isZero();
    assertThat(world.count("select count(*) from reconciler.dead_letter")).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 307, 407})
  void a_proxy_that_wants_a_sign_in_ends_the_run_and_nothing_is_lost(int status) {
    String id = reconciled(1).get(0);
    claim(id, ALICE, GRACE_OVER);
    world.sandbox().onRequest(PATCH, Fault.html(status).withHeader("Location", "/login").always());

    RunResult result = world.sync();

    assertThat(result.failure()).contains(status + "; Airtable never answers so", "sign-in page");
    assertThat(world.sandbox().requests()).filteredOn(r -> r.path().contains("login")).isEmpty();
    assertThat(world.lead(id)).containsEntry("claimed_by", ALICE);
    assertThat(world.count("select count(*) from reconciler.dead_letter")).isZero();
    world.sandbox().clearFaults();
    assertThat(sync().stage2().updated()).isEqualTo(1);
    assertThat(cell(id, "Claimed By")).isEqualTo(ALICE.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"error\":{\"type\":\"RATE_LIMIT_REACHED\",\"message\":\"Later\"}}",
        "{\"errors\":[{\"error\":\"RATE_LIMIT_REACHED\",\"message\":\"Later\"}]}",
        "too many"
      })
  void a_429_costs_a_pause_and_no_attempt(String body) {
    String id = reconciled(1).get(0);
    leads.update(id, Map.of("First Name", "Ada"));
    world.sandbox().onRequest(ANY, Fault.answer(429, body).times(3));
    world.sandbox().onRequest(ANY, Fault.unavailable().times(4));

    RunResult result = sync();

    assertThat(result.rateLimitWaits()).isEqualTo(3);
    assertThat(result.airtableRequests()).isEqualTo(3 + 4 + 1);
    assertThat(world.lead(id)).containsEntry("first_name", "Ada");
  }

  @Test
  void a_429_with_retry_after_pauses_the_base_for_that_long() {
    reconciled(1);
    world.sandbox().onRequest(ANY, Fault.rateLimited().withHeader("Retry-After", "1"));

    sync();

    List<LoggedRequest> requests = world.sandbox().requests();
    assertThat(requests).hasSize(2);
    assertThat(requests.get(1).nanos() - requests.get(0).nanos()).isGreaterThan(990_000_000L);
  }

  @Test
  void a_429_without_retry_after_pauses_the_base_for_the_usual_time() {
    reconciled(1);
    world.sandbox().onRequest(ANY, Fault.rateLimited());

    sync();

    List<LoggedRequest> requests = world.sandbox().requests();
    assertThat(requests.get(1).nanos() - requests.get(0).nanos()).isGreaterThan(49_000_000L);
  }

  @Test
  void a_base_that_never_stops_answering_429_ends_the_run() {
    reconciled(1);
    world.sandbox().onRequest(ANY, Fault.rateLimited().withHeader("Retry-After", "0").always());

    RunResult result = world.sync();

    assertThat(result.failure()).contains("still answers 429");
    assertThat(result.rateLimitWaits()).isEqualTo(AirtableDoor.LONGEST_RATE_LIMIT + 1);
  }

  @Test
  void a_used_up_month_ends_the_run_after_one_request() {
    reconciled(1);
    world.sandbox().base(world.baseId()).setQuotaExhausted(true);

    RunResult result = world.sync();

    assertThat(result.failure()).contains("PUBLIC_API_BILLING_LIMIT_EXCEEDED", "month");
    assertThat(world.sandbox().requests()).hasSize(1);
    assertThat(result.rateLimitWaits()).isZero();
  }

  @Test
  void a_push_whose_answer_was_lost_is_found_to_have_arrived_and_not_sent_again() {
    String id = reconciled(1).get(0);
    claim(id, ALICE, GRACE_OVER);
    world.sandbox().onRequest(PATCH, Fault.dropAfter());

    RunResult result = sync();

    assertThat(result.stage2().updated()).isEqualTo(1);
    assertThat(world.sandbox().writes()).extracting(write -> write.changed()).containsExactly(true);
    assertThat(sync().stage2().recordsProcessed()).isZero();
    assertThat(world.count("select count(*) from reconciler.conflict")).isZero();
  }

  @Test
  void a_push_after_which_airtable_was_away_is_agreed_on_by_the_next_run() {
    String id = reconciled(1).get(0);
    claim(id, ALICE, GRACE_OVER);
    awayFromTheFirstPatchOn();

    RunResult lost = world.sync();
    world.sandbox().clearFaults();
    world.sandbox().clearLogs();
    RunResult next = sync();

    assertThat(lost.success()).isFalse();
    assertThat(writes()).isZero();
    assertThat(next.stage2().conflicts()).isZero();
    assertThat(world.sides().differences()).isEmpty();
    assertThat(sync().stage2().recordsProcessed()).isZero();
  }

  @Test
  void the_portal_may_change_a_lead_again_while_the_answer_to_its_push_is_lost() {
    String id = reconciled(1).get(0);
    claim(id, ALICE, GRACE_OVER.plusSeconds(60));
    awayFromTheFirstPatchOn();
    world.sync();
    world.sandbox().clearFaults();
    claim(id, BOB, GRACE_OVER);

    RunResult next = sync();

    assertThat(next.stage2().conflicts()).isZero();
    assertThat(cell(id, "Claimed By")).isEqualTo(BOB.toString());
    assertThat(world.lead(id)).containsEntry("claimed_by", BOB);
  }

  /** Airtable applies the first PATCH; neither its answer nor any other comes through. */
  private void awayFromTheFirstPatchOn() {
    boolean[] patched = {false};
    world
        .sandbox()
        .onRequest(
            request -> {
              boolean away = patched[0];
              patched[0] |= PATCH.test(request);
              return away;
            },
            Fault.unavailable().always());
    world.sandbox().onRequest(PATCH, Fault.dropAfter());
  }
}
