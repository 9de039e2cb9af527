package io.reconciler.service.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.decide.ConflictPolicy;
import io.reconciler.engine.run.ClientOutcome;
import io.reconciler.engine.run.RunOutcome;
import io.reconciler.engine.run.RunRequest;
import io.reconciler.engine.run.RunResult;
import io.reconciler.engine.run.Trigger;
import io.reconciler.service.api.ApiError;
import io.reconciler.service.api.ApiException;
import io.reconciler.service.api.ApiRequest;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code POST /api/admin/sync/delta}: what it asks for and what it answers. */
public final class DeltaSync {

  private static final String FAILED = "Delta sync failed";
  private static final Set<String> FIRST = Set.of("airtable", "portal", "newest");

  private final int usualMinutes;

  DeltaSync(int usualMinutes) {
    this.usualMinutes = usualMinutes;
  }

  /**
   * The run that is asked for.
   *
   * @throws ApiException 400 when the body makes no sense
   */
  public RunRequest request(ApiRequest request) {
    return new RunRequest(
            Trigger.API,
            request.signedIn().email(),
            minutes(request.body().path("minutes")),
            client(request.body().path("client")),
            false,
            false,
            false)
        .withFirst(first(request.body().path("first")));
  }

  /**
   * The answer when its runs have ended: a SyncAnswer, or an error: 500 when one of them failed,
   * 409 when another run came in between. Returned, not thrown: by then the exchange has been
   * through the error handling of the runs, and Camel handles no second failure of it.
   */
  public Object answer(Object outcome, RunRequest request) {
    if (outcome instanceof ApiError error) {
      return error;
    }
    List<ClientOutcome> outcomes =
        ((List<?>) outcome).stream().map(ClientOutcome.class::cast).toList();
    return refusal(outcomes).<Object>map(error -> error).orElseGet(() -> sums(outcomes, request));
  }

  /** The 500 when there is no client to reconcile. */
  public ApiError noClient(String reason) {
    return ApiError.failed(FAILED, reason);
  }

  private static SyncAnswer sums(List<ClientOutcome> outcomes, RunRequest request) {
    List<RunResult> results =
        outcomes.stream().map(outcome -> Objects.requireNonNull(outcome.result())).toList();
    PullSum pulled =
        new PullSum(
            sum(results, r -> r.stage1().recordsProcessed()),
            sum(results, r -> r.stage1().errorCount()),
            "Airtable → PostgreSQL");
    PushSum pushed =
        new PushSum(
            sum(results, r -> r.stage2().updated()),
            sum(results, r -> r.stage2().skipped()),
            sum(results, r -> r.stage2().errorCount()),
            "PostgreSQL → Airtable");
    return new SyncAnswer(
        true,
        request.requester(),
        request.minutes(),
        String.format(Locale.ROOT, "%.2fs", sum(results, RunResult::duration) / 1000.0),
        new Results(pulled, pushed),
        "Delta sync complete: Stage 1 processed %d leads, Stage 2 updated %d leads"
            .formatted(pulled.processed(), pushed.updated()),
        results);
  }

  private int minutes(JsonNode minutes) {
    if (minutes.isMissingNode() || minutes.isNull()) {
      return usualMinutes;
    }
    boolean whole =
        minutes.isNumber() && minutes.canConvertToExactIntegral() && minutes.canConvertToInt();
    if (!whole
        || minutes.intValue() < RunRequest.SHORTEST
        || minutes.intValue() > RunRequest.LONGEST) {
      throw new ApiException(
          ApiError.invalid(
              "Invalid minutes parameter",
              "minutes must be a whole number from %d to %d"
                  .formatted(RunRequest.SHORTEST, RunRequest.LONGEST)));
    }
    return minutes.intValue();
  }

  private static @Nullable String client(JsonNode client) {
    if (client.isMissingNode() || client.isNull()) {
      return null;
    }
    // One that no base can have: PostgreSQL would not even compare it.
    if (!client.isTextual() || client.asText().chars().anyMatch(Character::isISOControl)) {
      throw new ApiException(ApiError.badRequest("client must be a base id"));
    }
    return client.textValue();
  }

  private static @Nullable ConflictPolicy first(JsonNode first) {
    if (first.isMissingNode() || first.isNull()) {
      return null;
    }
    if (!FIRST.contains(first.asText())) {
      throw new ApiException(ApiError.badRequest("first must be airtable, portal or newest"));
    }
    return ConflictPolicy.of(first.asText());
  }

  private static Optional<ApiError> refusal(List<ClientOutcome> outcomes) {
    String failures =
        outcomes.stream()
            .filter(outcome -> outcome.result() != null && !outcome.result().success())
            .map(outcome -> outcome.client().name() + ": " + reason(outcome))
            .collect(Collectors.joining("; "));
    if (!failures.isEmpty()) {
      return Optional.of(ApiError.failed(FAILED, failures));
    }
    List<String> busy =
        outcomes.stream()
            .filter(ClientOutcome::busy)
            .map(outcome -> outcome.client().baseId())
            .toList();
    return busy.isEmpty() ? Optional.empty() : Optional.of(RunAdmission.busy(busy));
  }

  private static String reason(ClientOutcome outcome) {
    RunResult result = Objects.requireNonNull(outcome.result());
    String why = Objects.requireNonNullElse(result.failure(), "no reason is known");
    return outcome.outcome() == RunOutcome.MISCONFIGURED ? "configuration: " + why : why;
  }

  private static long sum(List<RunResult> results, ToLongFunction<RunResult> count) {
    return results.stream().mapToLong(count).sum();
  }

  /**
   * What a request may say; for the API's document.
   *
   * @param minutes 1 to 1440
   * @param client the base id of the one client to run
   * @param first airtable, portal or newest: whose values count where the sides never agreed before
   */
  public record SyncForm(
      @Nullable Integer minutes, @Nullable String client, @Nullable String first) {}

  /**
   * The answer to a request that went well.
   *
   * @param duration of all runs, seconds
   * @param clients what each client's run came to
   */
  public record SyncAnswer(
      boolean success,
      String triggeredBy,
      int minutes,
      String duration,
      Results results,
      String message,
      List<RunResult> clients) {}

  /** Sums over all clients. */
  public record Results(PullSum stage1, PushSum stage2) {}

  public record PullSum(long processed, long errors, String description) {}

  public record PushSum(long updated, long skipped, long errors, String description) {}
}
