package io.reconciler.engine.run;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Up to when a run covers a table, and from when on what was agreed on may be out of date. */
public final class Coverage {

  private @Nullable Instant doubtedSince;
  private @Nullable Instant pulledUntil;
  private @Nullable Instant pushedUntil;

  /** What was agreed on may be out of date since then; null: it is not. */
  public void doubt(@Nullable Instant since) {
    doubtedSince = since;
  }

  /** Since when what was agreed on may be out of date, on Airtable's clock; null: it is not. */
  public @Nullable Instant doubtedSince() {
    return doubtedSince;
  }

  /** Whether there is such a time. */
  public boolean isDoubted() {
    return doubtedSince != null;
  }

  /** Stage 1 has covered the time up to this, on Airtable's clock. */
  public void pullTo(Instant until) {
    pulledUntil = until;
  }

  /** Whether the pull watermark may move. */
  public boolean isPulled() {
    return pulledUntil != null;
  }

  /** To where the pull watermark moves; null: it stays. */
  public @Nullable String pulledUntil() {
    return pulledUntil == null ? null : pulledUntil.toString();
  }

  /** Stage 2 has covered the time up to this, on the database's clock. */
  public void pushTo(Instant until) {
    pushedUntil = until;
  }

  /** Stage 2 has not looked at every lead that it found: the push watermark stays. */
  public void pushStays() {
    pushedUntil = null;
  }

  /** To where the push watermark moves; null: it stays. */
  public @Nullable String pushedUntil() {
    return pushedUntil == null ? null : pushedUntil.toString();
  }
}
