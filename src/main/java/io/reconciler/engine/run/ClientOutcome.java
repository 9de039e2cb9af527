package io.reconciler.engine.run;

import org.jspecify.annotations.Nullable;

/**
 * What came of one client's run.
 *
 * @param result the result, null when another run of the client was active
 */
public record ClientOutcome(
    Client client, RunOutcome outcome, @Nullable RunResult result, boolean busy) {

  /** A run that ended, well or not. */
  public static ClientOutcome of(Run run) {
    return new ClientOutcome(run.client(), run.outcome(), run.result(), false);
  }

  /** A run that is not waited for any more, as far as it has come. */
  public static ClientOutcome cutOff(Run run, String why) {
    return new ClientOutcome(run.client(), RunOutcome.INTERRUPTED, run.result().cutOff(why), false);
  }

  public static ClientOutcome busy(Client client) {
    return new ClientOutcome(client, RunOutcome.RUNNING, null, true);
  }
}
