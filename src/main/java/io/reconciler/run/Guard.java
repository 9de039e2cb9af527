package io.reconciler.run;

/** Keeps a run from deactivating more leads than can be right. Pure. */
public final class Guard {

  private static final double SHARE = 0.10;
  private static final long FEW = 10;
  private static final long ALL_OF = 3;

  private Guard() {}

  /**
   * Passes when so many of the client's active leads may be deactivated.
   *
   * @throws RunStoppedException when it is more than a tenth and more than ten of them, or every
   *     one of three or more
   */
  public static void check(long active, long gone) {
    boolean many = gone > FEW && gone > SHARE * active;
    boolean all = active >= ALL_OF && gone >= active;
    if (many || all) {
      throw new RunStoppedException(
          gone
              + " of "
              + active
              + " active leads have no record in Airtable any more; that is more than the guard"
              + " allows, so none was deactivated and stage 2 did not run. Is it the right base and"
              + " table? If the records are really gone: reconciler sync --full --force");
    }
  }
}
