package io.reconciler.engine.apply.plan;

import io.reconciler.decide.ConflictPolicy;
import io.reconciler.engine.run.Run;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a run adds to the rules of the decision.
 *
 * @param first whose values count where nothing was ever agreed on; null when nobody said so
 * @param doubtedSince since when the agreed values, which came from a backup, may be out of date;
 *     null when they are not
 * @param linksInDoubt the columns whose keys are of a table that another one has come in the place
 *     of, so that what else they hold than was agreed on is no edit of the portal
 * @param computed the columns that Airtable computes
 */
public record RunRules(
    @Nullable ConflictPolicy first,
    @Nullable Instant doubtedSince,
    Set<String> linksInDoubt,
    Set<String> computed) {

  /** Keeps its own copies. */
  public RunRules {
    linksInDoubt = Set.copyOf(linksInDoubt);
    computed = Set.copyOf(computed);
  }

  /** No link is in doubt, and nothing is computed. */
  RunRules(@Nullable ConflictPolicy first, @Nullable Instant doubtedSince) {
    this(first, doubtedSince, Set.of(), Set.of());
  }

  /** Nothing beside the rules of the groups. */
  static final RunRules NONE = new RunRules(null, null);

  /** Those of this run. */
  public static RunRules of(Run run) {
    return new RunRules(
        run.request().first(),
        run.coverage().doubtedSince(),
        run.linksInDoubt(),
        run.table().hasFields() ? run.table().fields().computed() : Set.of());
  }

  /** What is known of links alone. */
  RunRules ofLinks() {
    return new RunRules(null, null, linksInDoubt, computed);
  }
}
