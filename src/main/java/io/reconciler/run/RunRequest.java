package io.reconciler.run;

import org.jspecify.annotations.Nullable;

/**
 * What a run is asked to do.
 *
 * @param requester who asked, for the ledger
 * @param minutes the window, 1 to 1440
 * @param client the base id of the one client to run, null for every active one
 * @param full whether every record is listed, not just those modified in the window
 * @param dryRun whether to decide only and write nothing
 * @param refresh whether only the fields that Airtable computes are read again, of every record
 * @param force whether a full sweep may deactivate more leads than the guard allows
 */
public record RunRequest(
    Trigger trigger,
    String requester,
    int minutes,
    @Nullable String client,
    boolean full,
    boolean dryRun,
    boolean force,
    boolean refresh) {

  /** The shortest window, minutes. */
  public static final int SHORTEST = 1;

  /** The longest window, minutes. */
  public static final int LONGEST = 1440;

  /** A run of both stages. */
  public RunRequest(
      Trigger trigger,
      String requester,
      int minutes,
      @Nullable String client,
      boolean full,
      boolean dryRun,
      boolean force) {
    this(trigger, requester, minutes, client, full, dryRun, force, false);
  }

  /** A request with a window within bounds. */
  public RunRequest {
    if (minutes < SHORTEST || minutes > LONGEST) {
      throw new IllegalArgumentException("lookbackMinutes must be between 1 and 1440");
    }
  }

  /** The trigger's name. */
  public String triggerLabel() {
    return trigger.label();
  }

  /** The same, for one client. */
  public RunRequest forClient(String baseId, boolean sweep) {
    return new RunRequest(
        trigger, requester, minutes, baseId, full || sweep, dryRun, force, refresh);
  }
}
