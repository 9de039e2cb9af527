package io.reconciler.engine.apply;

import io.reconciler.decide.ConflictPolicy;
import io.reconciler.engine.run.Run;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a run adds to the rules of the decision.
 *
 * @param first whose values count where nothing was ever agreed on; null when nobody said so
 * @param doubtedSince since when the agreed values, which came from a backup, may be out of date;
 *     null when they are not
 */
public record RunRules(@Nullable ConflictPolicy first, @Nullable Instant doubtedSince) {

  /** Nothing beside the rules of the groups. */
  static final RunRules NONE = new RunRules(null, null);

  static RunRules of(Run run) {
    return new RunRules(run.request().first(), run.coverage().doubtedSince());
  }
}
