package io.reconciler.service.page;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reconciler.engine.door.RouteCalls;
import io.reconciler.engine.dryrun.PlannedConflict;
import io.reconciler.engine.failure.RunFailedException;
import io.reconciler.engine.run.ClientOutcome;
import io.reconciler.engine.run.ProgressListener;
import io.reconciler.engine.run.RunRequest;
import io.reconciler.engine.run.RunResult;
import io.reconciler.service.api.ApiError;
import io.reconciler.service.api.ApiException;
import java.util.List;
import java.util.UUID;

/** Runs that write nothing, and what they would have written. */
final class DryRuns {

  static final String KIND = "dry-run";

  /** So many writes are shown; the others are counted. */
  static final int SHOWN = 500;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Jobs jobs;
  private final RouteCalls routes;

  DryRuns(Jobs jobs, RouteCalls routes) {
    this.jobs = jobs;
    this.routes = routes;
  }

  UUID start(RunRequest request) {
    String title = "Dry run of the last " + RunView.minutes(request.minutes());
    return jobs.start(KIND, request.requester(), title, progress -> run(request, progress));
  }

  private ObjectNode run(RunRequest request, JobProgress progress) {
    Plan plan = new Plan(progress);
    Object answer;
    try {
      answer = routes.call("direct:triggered-run", request, plan);
    } catch (ApiException e) {
      throw new RunFailedException(e.error().details());
    }
    if (answer instanceof ApiError refused) {
      throw new RunFailedException(refused.details());
    }
    ObjectNode result = plan.json();
    ArrayNode failures = result.putArray("failures");
    ((List<?>) answer)
        .stream()
            .map(ClientOutcome.class::cast)
            .map(ClientOutcome::result)
            .filter(outcome -> outcome != null && outcome.failure() != null)
            .forEach(outcome -> failures.add(outcome.baseId() + ": " + outcome.failure()));
    return result;
  }

  /** Hears what a run would write; by the run's thread. */
  private static final class Plan implements ProgressListener {

    private final ArrayNode writes = JSON.createArrayNode();
    private final JobProgress progress;
    private long count;
    private long conflicts;
    private int named;

    Plan(JobProgress progress) {
      this.progress = progress;
    }

    @Override
    public void records(long done) {
      progress.done(done);
    }

    @Override
    public void planned(RunResult.PlannedWrite write) {
      count++;
      if (writes.size() < SHOWN) {
        writes.add(JSON.<ObjectNode>valueToTree(write));
      }
    }

    @Override
    public void decided(PlannedConflict conflict) {
      conflicts++;
    }

    @Override
    public void ended(RunResult result) {
      // The writes since the client before are this one's.
      for (; named < writes.size(); named++) {
        ((ObjectNode) writes.get(named)).put("client", result.baseId());
      }
    }

    ObjectNode json() {
      ObjectNode json = JSON.createObjectNode().put("count", count).put("conflicts", conflicts);
      json.set("writes", writes);
      return json;
    }
  }
}
