package io.reconciler.service.page;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.engine.door.RouteCalls;
import io.reconciler.engine.repair.ConflictLedger;
import io.reconciler.engine.repair.DeadLetterLedger;
import io.reconciler.engine.repair.RetryAll;
import io.reconciler.engine.repair.SettleRequest;
import io.reconciler.engine.repair.SettleResult;
import io.reconciler.engine.run.Batches;
import io.reconciler.engine.run.Trigger;
import io.reconciler.text.Counted;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Settles entries of both ledgers, one or many, by the routes of the commands. */
final class LedgerActions {

  /** Dead letters that are tried again together, so that one sees how far it has come. */
  private static final int PART = 100;

  private final RouteCalls routes;
  private final Jobs jobs;
  private final ConflictLedger conflicts;
  private final DeadLetterLedger letters;

  LedgerActions(RouteCalls routes, Jobs jobs, ConflictLedger conflicts, DeadLetterLedger letters) {
    this.routes = routes;
    this.jobs = jobs;
    this.conflicts = conflicts;
    this.letters = letters;
  }

  /** What can be done with an entry. */
  enum Action {
    APPLY("direct:apply-conflict", "Done: both sides hold this value now.", "Applying", "conflict"),
    DISMISS(
        "direct:dismiss-conflict", "Fine: both sides stay as they are.", "Dismissing", "conflict"),
    RETRY("direct:retry-dead-letter", "It went through.", "Retrying", "dead letter"),
    DISCARD(
        "direct:discard-dead-letter",
        "Discarded: it is not tried again until a value of the record changes.",
        "Discarding",
        "dead letter");

    private final String route;
    private final String done;
    private final String doing;
    private final String noun;

    Action(String route, String done, String doing, String noun) {
      this.route = route;
      this.done = done;
      this.doing = doing;
      this.noun = noun;
    }
  }

  Flash one(Action action, UUID id, String requester, @Nullable String value) {
    SettleRequest request = new SettleRequest(id, requester, Trigger.UI, value);
    return SettledText.flash(routes.call(action.route, request, SettleResult.class), action.done);
  }

  /** Settles many, while somebody looks at how far it has come; the job. */
  UUID many(Action action, List<UUID> ids, String requester, @Nullable String value) {
    String title = action.doing + " " + Counted.of(ids.size(), action.noun);
    String kind = action.noun.replace(' ', '-') + "-bulk";
    return jobs.start(
        kind,
        requester,
        title,
        progress -> {
          progress.total(ids.size());
          return result(action, ids, requester, value, progress);
        });
  }

  private JsonNode result(
      Action action,
      List<UUID> ids,
      String requester,
      @Nullable String value,
      JobProgress progress) {
    List<SettleResult> results =
        switch (action) {
          case APPLY ->
              each(
                  ids,
                  id ->
                      routes.call(
                          action.route,
                          new SettleRequest(id, requester, Trigger.UI, value),
                          SettleResult.class),
                  progress);
          case DISMISS -> conflicts.dismiss(ids, requester);
          case DISCARD -> letters.discard(ids, requester);
          case RETRY -> retry(ids, requester, progress);
        };
    progress.done(ids.size());
    return SettledText.groups(results, action.done);
  }

  private static List<SettleResult> each(
      List<UUID> ids, Function<UUID, SettleResult> work, JobProgress progress) {
    List<SettleResult> results = new ArrayList<>();
    for (UUID id : ids) {
      results.add(Objects.requireNonNull(work.apply(id)));
      progress.oneMore();
    }
    return results;
  }

  private List<SettleResult> retry(List<UUID> ids, String requester, JobProgress progress) {
    List<SettleResult> results = new ArrayList<>();
    long done = 0;
    for (List<UUID> part : Batches.of(ids, PART)) {
      results.addAll(
          routes.list(
              "direct:retry-dead-letters",
              new RetryAll(requester, Trigger.UI, part),
              SettleResult.class));
      done += part.size();
      progress.done(done);
    }
    return results;
  }
}
