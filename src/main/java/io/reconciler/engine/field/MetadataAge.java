package io.reconciler.engine.field;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When the metadata was asked for in this run, and whether it has to be. Used by one thread. */
public final class MetadataAge {

  /** How long an answer counts as that of the moment. */
  private static final Duration FRESH = Duration.ofSeconds(30);

  private final boolean recent;
  private boolean stale;
  private boolean doubted;
  private @Nullable Instant asked;

  /**
   * Of what was kept.
   *
   * @param stale whether it is older than a day
   * @param recent whether it is some minutes old at most
   */
  MetadataAge(boolean stale, boolean recent) {
    this.stale = stale;
    this.recent = recent;
  }

  /** Whether it was some minutes old at most when the run began. */
  public boolean isRecent() {
    return recent;
  }

  /** Whether the metadata was not asked for just now. */
  public boolean isUnsure(Instant now) {
    return asked == null || Duration.between(asked, now).compareTo(FRESH) > 0;
  }

  /** Whether the metadata was asked for in this run. */
  public boolean isAsked() {
    return asked != null;
  }

  /** Something that was read can't be, by the types that were kept. */
  public void doubt() {
    doubted = true;
  }

  /** Whether that is so. */
  public boolean isDoubted() {
    return doubted;
  }

  boolean isStale() {
    return stale;
  }

  /** The mapping names something that was not kept. */
  void expire() {
    stale = true;
  }

  /** It was asked for, and has answered or refused. */
  void answered(Instant now) {
    asked = now;
    stale = false;
  }
}
