package io.reconciler.engine.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How long the edits that a run brought to the other side had been under way. Never negative,
 * however the clocks of both sides differ. Safe for the threads of a run.
 */
public final class EditLags {

  private final Clock clock;
  private final List<Duration> pulls = new ArrayList<>();
  private final List<Duration> pushes = new ArrayList<>();

  EditLags(Clock clock) {
    this.clock = clock;
  }

  /** An edit of that time in Airtable is committed in PostgreSQL now. */
  public synchronized void pulled(Instant edited) {
    pulls.add(since(edited));
  }

  /** An edit of that time in the portal is in Airtable now, and its answer is saved. */
  public synchronized void pushed(Instant edited) {
    pushes.add(since(edited));
  }

  /** From the edits in Airtable to PostgreSQL. */
  public synchronized List<Duration> pulls() {
    return List.copyOf(pulls);
  }

  /** From the edits in the portal to Airtable. */
  public synchronized List<Duration> pushes() {
    return List.copyOf(pushes);
  }

  private Duration since(Instant edited) {
    Duration lag = Duration.between(edited, clock.instant());
    return lag.isNegative() ? Duration.ZERO : lag;
  }
}
