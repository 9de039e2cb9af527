package io.reconciler.engine.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.engine.repair.SettleRequest;
import io.reconciler.engine.repair.SettleResult;
import io.reconciler.engine.run.ProgressListener;
import io.reconciler.engine.run.RunResult;
import io.reconciler.engine.run.Trigger;
import io.reconciler.engine.verify.VerifyOutcome;
import io.reconciler.sandbox.Fault;
import io.reconciler.sandbox.LoggedRequest;
import io.reconciler.sandbox.table.SandboxField;
import io.reconciler.world.LedgerEdits;
import io.reconciler.world.SideBySide;
import io.reconciler.world.WorldTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A request has its five attempts whatever failed, and was caught, before it. */
@SideBySide(SideBySide.Lane.RUNS)
class FailureAfterFailureTest extends WorldTest {

  private static final Predicate<LoggedRequest> PATCH = r -> r.method().equals("PATCH");
  private static final Predicate<LoggedRequest> METADATA = r -> r.path().contains("/meta/");

  /** All attempts at a request but the last. */
  private static final Fault AWAY = Fault.unavailable().times(4);

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of("503", Fault.unavailable()),
        Arguments.of("429", Fault.rateLimited().withHeader("Retry-After", "0")),
        Arguments.of("a closed connection", Fault.dropBefore()),
        Arguments.of("a lost answer", Fault.dropAfter()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("failures")
  void the_read_after_a_failed_update_has_five_attempts(String name, Fault fault) {
    List<String> ids = reconciled(3);
    ids.forEach(id -> claim(id, ALICE, GRACE_OVER));
    awayAfterTheFirstPatch();
    world.sandbox().onRequest(PATCH, fault);

    RunResult result = sync();

    assertThat(result.stage2().updated()).isEqualTo(3);
    assertBothHold(ids, ALICE);
    assertThat(readsAfterAPatch()).isEqualTo(5);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("failures")
  void so_has_the_one_after_a_conflicts_failed_update(String name, Fault fault) {
    LedgerEdits edits = new LedgerEdits(world);
    String id = edits.agreed(Map.of("First Name", "Ada"));
    edits.claimConflict(id, false);
    sync();
    awayAfterTheFirstPatch();
    world.sandbox().onRequest(PATCH, fault);

    SettleResult result =
        world.engine().applyConflict(SettleRequest.of(edits.conflict(), "ann", Trigger.CLI));

    assertThat(result.status()).as(result.message()).isEqualTo(SettleResult.Status.DONE);
    assertBothHold(List.of(id), LedgerEdits.ALICE);
    assertThat(text("select status from reconciler.conflict")).isEqualTo("applied");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("failures")
  void so_has_the_one_after_a_dead_letters_failed_update(String name, Fault fault) {
    String id = reconciled(1).get(0);
    claim(id, ALICE, GRACE_OVER);
    world.sandbox().onRequest(PATCH, refusal().always());
    sync();
    world.sandbox().clearFaults();
    awayAfterTheFirstPatch();
    world.sandbox().onRequest(PATCH, fault);

    SettleRequest request =
        SettleRequest.of(new LedgerEdits(world).deadLetter(), "ann", Trigger.CLI);
    SettleResult result = world.engine().retry(request);

    assertThat(result.status()).as(result.message()).isEqualTo(SettleResult.Status.DONE);
    assertBothHold(List.of(id), ALICE);
    assertThat(text("select status from reconciler.dead_letter")).isEqualTo("closed");
  }

  @Test
  void the_options_that_a_refusal_names_are_asked_for_five_times() {
    leads.changeField(SandboxField.select("Notes", "open", "closed"));
    String id = leads.create(Map.of("First Name", "Ada", "Notes", "open"));
    fullSync();
    leads.setModified(id, Instant.now().minus(Duration.ofHours(5)));
    world.portalEdit(id, GRACE_OVER, Map.of("notes", "sharp"));
    world.sandbox().onRequest(METADATA, AWAY);

    sync();

    assertThat(text("select reason from reconciler.dead_letter where status = 'open'"))
        .endsWith("the options of \"Notes\" are \"open\", \"closed\"");
    assertThat(cell(id, "Notes")).isEqualTo("open");
    assertThat(world.lead(id)).containsEntry("notes", "sharp");
  }

  @Test
  void a_token_that_may_not_see_the_metadata_takes_no_attempt_from_the_listing() {
    leads.create(Map.of("First Name", "Ada"));
    world
        .sandbox()
        .onRequest(
            METADATA, Fault.answer(403, "{\"error\":{\"type\":\"NOT_AUTHORIZED\"}}").always());
    world.sandbox().onRequest(METADATA.negate(), AWAY);

    RunResult result = sync();

    assertThat(result.stage1().inserted()).isEqualTo(1);
    assertThat(world.sides().differences()).isEmpty();
    assertThat(world.sandbox().requests()).filteredOn(METADATA).isNotEmpty();
  }

  @Test
  void a_listing_that_starts_over_has_five_attempts_at_its_first_page() {
    reconciled(101);
    world.sandbox().onRequest(r -> r.query("offset") != null, Fault.expiredIterator());
    boolean[] expired = {false};
    world
        .sandbox()
        .onRequest(
            request -> {
              boolean again = expired[0] && request.query("offset") == null;
              expired[0] = true;
              return again;
            },
            AWAY);

    List<VerifyOutcome> outcomes =
        world.engine().verify(world.request(20, true), ProgressListener.NONE);

    assertThat(outcomes).singleElement().satisfies(each -> assertThat(each.failure()).isNull());
    assertThat(outcomes.get(0).result().matched()).isEqualTo(101);
    assertThat(world.sides().differences()).isEmpty();
  }

  /** All but the last attempt at whatever comes after the first PATCH fail. */
  private void awayAfterTheFirstPatch() {
    world.sandbox().clearLogs();
    boolean[] patched = {false};
    world
        .sandbox()
        .onRequest(
            request -> {
              patched[0] |= PATCH.test(request);
              return patched[0] && !PATCH.test(request);
            },
            AWAY);
  }

  private long readsAfterAPatch() {
    return world.sandbox().requests().stream()
        .dropWhile(PATCH.negate())
        .filter(PATCH.negate())
        .count();
  }

  private void assertBothHold(List<String> ids, Object holder) {
    assertThat(world.sides().differences()).isEmpty();
    assertThat(ids)
        .allSatisfy(
            id -> {
              assertThat(cell(id, "Claimed By")).isEqualTo(holder.toString());
              assertThat(world.lead(id)).containsEntry("claimed_by", holder);
            });
  }

  private static Fault refusal() {
    return Fault.answer(
        422, "{\"error\":{\"type\":\"INVALID_VALUE_FOR_COLUMN\",\"message\":\"Not that\"}}");
  }
}
