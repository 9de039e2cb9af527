package io.reconciler.engine.push;

import io.reconciler.side.airtable.AirtableException;
import org.jspecify.annotations.Nullable;

/**
 * A batch that its scan has handed out to be sent; what becomes of it is told to the outbox that it
 * comes from.
 */
public final class OutgoingBatch {

  private final Batch changes;
  private final Scan scan;

  OutgoingBatch(Batch changes, Scan scan) {
    this.changes = changes;
    this.scan = scan;
  }

  Batch changes() {
    return changes;
  }

  /** The scan that it is of. */
  Scan scan() {
    return scan;
  }

  /** What the selects take, for those who are told why one was refused. */
  public FreshOptions options() {
    return scan.options();
  }

  /** Whether Airtable lets nothing of it be written: it needs no request. */
  public boolean isBarred() {
    return scan.outbox().rights().isBarred(changes);
  }

  /** Whether it holds nothing but the bad value that it was refused for. */
  public boolean isBad(AirtableException.Refused refusal) {
    return scan.outbox().isBad(changes, refusal);
  }

  /** It was refused, and may hold more than the bad value: another step to finding it. */
  public void narrow(AirtableException.Refused refusal) {
    scan.outbox().narrow(changes, refusal);
  }

  /** It was not sent, because what it was decided on is too old. */
  public void late() {
    scan.outbox().late(changes);
  }

  /** The base had to pause before it took it. */
  public void paused(AirtableException cause) {
    scan.outbox().paused(changes, cause);
  }

  /** It failed, and waits again: how long before its records are looked at, milliseconds. */
  public long takeBack(Exception cause) throws Exception {
    return scan.outbox().takeBack(changes, cause);
  }

  /** It is dealt with. */
  public void done() {
    scan.outbox().done(changes);
  }

  /** Its way is over; if nothing was said of it, the run has ended. */
  public void returned() {
    scan.outbox().returned(changes);
  }

  // Camel looks properties up by their hash.
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
