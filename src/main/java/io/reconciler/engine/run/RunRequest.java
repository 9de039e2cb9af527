package io.reconciler.engine.run;

import io.reconciler.decide.ConflictPolicy;
import io.reconciler.side.mapping.Mapping;
import java.util.Collection;
import java.util.Set;
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
 * @param force whether to go on where a guard would stop the run
 * @param first newest, airtable or portal: whose values count where nothing was ever agreed on;
 *     null when nobody said so, and a filled value goes over an empty one
 * @param tables the names of the tables to run over; none stands for all
 */
public record RunRequest(
    Trigger trigger,
    String requester,
    int minutes,
    @Nullable String client,
    boolean full,
    boolean dryRun,
    boolean force,
    boolean refresh,
    @Nullable ConflictPolicy first,
    Set<String> tables) {

  /** The shortest window, minutes. */
  public static final int SHORTEST = 1;

  /** The longest window, minutes. */
  public static final int LONGEST = 1440;

  public RunRequest(
      Trigger trigger,
      String requester,
      int minutes,
      @Nullable String client,
      boolean full,
      boolean dryRun,
      boolean force) {
    this(trigger, requester, minutes, client, full, dryRun, force, false, null, Set.of());
  }

  /** A request with a window within bounds. */
  public RunRequest {
    tables = Set.copyOf(tables);
    if (minutes < SHORTEST || minutes > LONGEST) {
      throw new IllegalArgumentException("lookbackMinutes must be between 1 and 1440");
    }
  }

  /** A request that says nothing of values that were never agreed on. */
  public RunRequest(
      Trigger trigger,
      String requester,
      int minutes,
      @Nullable String client,
      boolean full,
      boolean dryRun,
      boolean force,
      boolean refresh) {
    this(trigger, requester, minutes, client, full, dryRun, force, refresh, null, Set.of());
  }

  /** The same, told whose values count where nothing was ever agreed on. */
  public RunRequest withFirst(@Nullable ConflictPolicy side) {
    return new RunRequest(
        trigger, requester, minutes, client, full, dryRun, force, refresh, side, tables);
  }

  /** The same, over these tables alone; none stands for all. */
  public RunRequest withTables(Collection<String> names) {
    return new RunRequest(
        trigger,
        requester,
        minutes,
        client,
        full,
        dryRun,
        force,
        refresh,
        first,
        Set.copyOf(names));
  }

  /** Whether it is for that table. */
  public boolean isFor(Mapping mapping) {
    return tables.isEmpty() || tables.contains(mapping.name());
  }

  /** The same, but only to see what it would do, as far as no guard stops it. */
  RunRequest rehearsal() {
    return new RunRequest(
        trigger, requester, minutes, client, full, true, true, refresh, first, tables);
  }

  public String triggerLabel() {
    return trigger.label();
  }

  /** The same, for one client. */
  public RunRequest forClient(String baseId, boolean sweep) {
    return new RunRequest(
        trigger, requester, minutes, baseId, full || sweep, dryRun, force, refresh, first, tables);
  }
}
