package io.reconciler.engine.repair;

import io.reconciler.engine.run.Client;
import io.reconciler.engine.run.ProgressListener;
import io.reconciler.engine.run.Run;
import io.reconciler.engine.run.RunRequest;
import io.reconciler.engine.run.Trigger;
import io.reconciler.side.mapping.Mapping;
import java.time.Clock;

/** The run of a repair: it holds the client's lock and counts, but is no entry of its ledger. */
public final class RepairRun {

  private RepairRun() {}

  /** A run for certain records of a client's table. */
  public static Run of(
      Client client, Mapping mapping, Trigger trigger, String requester, Clock clock) {
    RunRequest request =
        new RunRequest(
            trigger, requester, RunRequest.SHORTEST, client.baseId(), false, false, false);
    return new Run(client, request, clock, ProgressListener.NONE, mapping);
  }
}
