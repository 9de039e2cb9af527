package io.reconciler.history;

import io.reconciler.history.Nodes.Passage;
import io.reconciler.sandbox.Fault;
import io.reconciler.sandbox.LoggedRequest;
import java.time.Duration;

/** What a PATCH waits for between the decision about its records and the moment it counts. */
enum Delay {
  PAUSE,
  FAILURE,
  LOST_ANSWER,
  TURN;

  /** The edit is made while the next PATCH waits. */
  void arrange(Bench bench, Runs runs, Runnable edit) {
    int[] patches = {0};
    Runnable once = () -> edit.run();
    switch (this) {
      case PAUSE ->
          bench.world().sandbox().onRequest(r -> first(r, patches, once), Fault.rateLimited());
      case FAILURE ->
          bench.world().sandbox().onRequest(r -> first(r, patches, once), Fault.unavailable());
      case LOST_ANSWER -> {
        bench.world().sandbox().onRequest(r -> next(r, patches, once), Fault.unavailable());
        bench.world().sandbox().onRequest(r -> first(r, patches, () -> {}), Fault.dropAfter());
      }
      case TURN -> runs.beforePatch(new Turn(bench, edit));
    }
  }

  private static boolean first(LoggedRequest request, int[] patches, Runnable edit) {
    boolean first = request.method().equals("PATCH") && patches[0]++ == 0;
    if (first) {
      edit.run();
    }
    return first;
  }

  // The first request after the PATCH.
  private static boolean next(LoggedRequest request, int[] patches, Runnable edit) {
    if (patches[0] == 1) {
      patches[0]++;
      edit.run();
    }
    return false;
  }

  /** Seconds pass before a request may go. */
  private static final class Turn implements Nodes.Hook {

    private final Bench bench;
    private final Runnable edit;
    private boolean done;

    Turn(Bench bench, Runnable edit) {
      this.bench = bench;
      this.edit = edit;
    }

    @Override
    public boolean before(Passage passage) {
      if (!done && passage.at("push-batch", "direct:airtable-api")) {
        done = true;
        bench.timeline().advance(bench.world().jdbc(), Duration.ofSeconds(3));
        edit.run();
      }
      return true;
    }
  }
}
