package io.reconciler.engine.guard;

import io.reconciler.engine.dryrun.FirstDifferences;
import io.reconciler.engine.failure.RunStoppedException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a run from deactivating more leads than can be right, and from deciding by itself about
 * many values that were never agreed on. Pure.
 */
public final class Guard {

  private static final double SHARE = 0.10;
  private static final long FEW = 10;
  private static final long ALL_OF = 3;

  private Guard() {}

  /**
   * Passes when so many of the client's active leads may be deactivated.
   *
   * @param filter the formula of the records that take part; null for all
   * @throws RunStoppedException when it is more than a tenth and more than ten of them, or every
   *     one of three or more
   */
  public static void check(long active, long gone, @Nullable String filter) {
    boolean many = isMany(gone, active);
    boolean all = active >= ALL_OF && gone >= active;
    if (many || all) {
      throw new RunStoppedException(
          gone
              + " of "
              + active
              + " active leads have no record in Airtable any more; that is more than the guard"
              + " allows, so none was deactivated and stage 2 did not run. Is it the right base and"
              + " table? "
              + (filter == null
                  ? ""
                  : "The mapping's filter is %s: what it does not let in counts as gone. "
                      .formatted(filter))
              + "If the records are really gone: reconciler sync --full --force");
    }
  }

  /** Whether so many are more than ten, and more than a tenth. */
  static boolean isMany(long some, long all) {
    return some > FEW && some > SHARE * all;
  }

  /**
   * Passes when so many first differences may be decided without being told how.
   *
   * @throws RunStoppedException when more than ten leads, and more than a tenth of them, differ in
   *     values that were never agreed on
   */
  static void check(FirstDifferences found, boolean full) {
    if (isMany(found.count(), found.leads())) {
      throw new RunStoppedException(
          String.format(
              Locale.ROOT,
              "%d of %d leads differ from their records in values that were never agreed on: %d"
                  + " hold a value in Airtable only, %d in PostgreSQL only, %d another one on each"
                  + " side. That is more than the guard allows, so nothing was written of"
                  + " this table. Look with"
                  + " `reconciler sync%s --dry-run`, then say whose values count: --first airtable,"
                  + " --first portal or --first newest; or --force: a filled value goes over an"
                  + " empty one, and two filled ones are decided by the conflict policy",
              found.count(),
              found.leads(),
              found.count(FirstDifferences.Kind.ONLY_AIRTABLE),
              found.count(FirstDifferences.Kind.ONLY_PORTAL),
              found.count(FirstDifferences.Kind.BOTH),
              full ? " --full" : ""));
    }
  }
}
