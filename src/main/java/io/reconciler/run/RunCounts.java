package io.reconciler.run;

import java.util.Map;

/**
 * What a run has done so far; the progress is told of each step, one after the other. Safe for the
 * threads of a run: a page asked for ahead, and updates on the way side by side.
 */
public final class RunCounts {

  private final ErrorTexts pullErrors = new ErrorTexts();
  private final ErrorTexts pushErrors = new ErrorTexts();
  private final ProgressListener progress;
  private final boolean dryRun;
  private long inserted;
  private long updated;
  private long unchanged;
  private long failedRecords;
  private long deactivated;
  private long pushed;
  private long grace;
  private long airtableNewer;
  private long alreadyThere;
  private long pushFailures;
  private long conflicts;
  private String stage = "";
  private final Requests requests;

  /** The requests of a run and of its rehearsal. */
  private static final class Requests {
    private long sent;
    private long waits;
    private boolean paceLowered;
  }

  /** Counts from zero; of a dry run the progress is told the plan as well, write by write. */
  RunCounts(boolean dryRun, ProgressListener progress) {
    this(dryRun, progress, new Requests());
  }

  private RunCounts(boolean dryRun, ProgressListener progress, Requests requests) {
    this.dryRun = dryRun;
    this.progress = progress;
    this.requests = requests;
  }

  /** Counts of a rehearsal, which nobody is told; its requests are the run's. */
  RunCounts rehearsal() {
    return new RunCounts(true, new Rehearsing(progress), requests);
  }

  /** A stage begins. */
  public synchronized void stage(String name) {
    stage = name;
    progress.stage(name);
  }

  /** Records of a page that stage 1 has applied. */
  public synchronized void pulled(long newLeads, long changedLeads, long sameLeads) {
    inserted += newLeads;
    updated += changedLeads;
    unchanged += sameLeads;
    progress.records(pulledRecords());
  }

  /** A record that stage 1 could not apply at all. */
  public synchronized void pullFailed() {
    failedRecords++;
    progress.records(pulledRecords());
  }

  /** Something that stage 1 could not apply. */
  public synchronized void pullError(String text) {
    pullErrors.add(text);
  }

  /** Leads that the full sweep deactivated. */
  public synchronized void deactivated(long leads) {
    deactivated += leads;
  }

  /** A lead that stage 2 has brought to Airtable. */
  public synchronized void pushed() {
    pushed++;
    progress.records(candidates());
  }

  /** A lead that stage 2 skipped in its grace period. */
  public synchronized void skippedInGrace() {
    grace++;
    progress.records(candidates());
  }

  /** A lead that stage 2 skipped because Airtable won. */
  public synchronized void skippedForAirtable() {
    airtableNewer++;
    progress.records(candidates());
  }

  /** A lead that stage 2 skipped because Airtable held the portal's values already. */
  public synchronized void skippedUnchanged() {
    alreadyThere++;
    progress.records(candidates());
  }

  /** A lead that stage 2 could not bring to Airtable. */
  public synchronized void pushFailed() {
    pushFailures++;
    progress.records(candidates());
  }

  /** Something that stage 2 could not send. */
  public synchronized void pushError(String text) {
    pushErrors.add(text);
  }

  /** Conflicts decided. */
  public synchronized void conflicts(long decided) {
    conflicts += decided;
  }

  /** A request is sent to Airtable. */
  public synchronized void request() {
    requests.sent++;
    progress.requests(requests.sent);
  }

  /** Whether the pace is lowered for the first time in this run: it is told once. */
  public synchronized boolean isFirstLowering() {
    boolean first = !requests.paceLowered;
    requests.paceLowered = true;
    return first;
  }

  /** Airtable asked for a pause. */
  public synchronized void rateLimited() {
    requests.waits++;
  }

  /** A write that a dry run leaves undone. */
  public synchronized void planned(RunResult.PlannedWrite write) {
    if (dryRun) {
      progress.planned(write);
    }
  }

  /** A conflict that a dry run has decided. */
  public synchronized void decided(PlannedConflict conflict) {
    progress.decided(conflict);
  }

  /** The run is over. */
  synchronized void ended(RunResult result) {
    progress.ended(result);
  }

  /** The stage that it is in; empty before the first. */
  synchronized String stage() {
    return stage;
  }

  /** The numbers so far, by name; for any thread. */
  synchronized Map<String, Long> soFar() {
    return Map.ofEntries(
        Map.entry("pulled", pulledRecords()),
        Map.entry("inserted", inserted),
        Map.entry("updated", updated),
        Map.entry("deactivated", deactivated),
        Map.entry("candidates", candidates()),
        Map.entry("pushed", pushed),
        Map.entry("skipped", skipped()),
        Map.entry("conflicts", conflicts),
        Map.entry("errors", pullErrors.count() + pushErrors.count()),
        Map.entry("requests", requests.sent),
        Map.entry("waits", requests.waits));
  }

  /** Requests sent so far. */
  public synchronized long requests() {
    return requests.sent;
  }

  /** Pauses so far. */
  public synchronized long waits() {
    return requests.waits;
  }

  synchronized RunResult.Stage1 stage1() {
    return new RunResult.Stage1(
        pulledRecords(),
        inserted,
        updated,
        unchanged,
        deactivated,
        pullErrors.texts(),
        pullErrors.count());
  }

  synchronized RunResult.Stage2 stage2() {
    return new RunResult.Stage2(
        candidates(),
        pushed,
        skipped(),
        new RunResult.SkippedBy(grace, airtableNewer, alreadyThere),
        conflicts,
        pushErrors.texts(),
        pushErrors.count());
  }

  private long pulledRecords() {
    return inserted + updated + unchanged + failedRecords;
  }

  private long skipped() {
    return grace + airtableNewer + alreadyThere;
  }

  private long candidates() {
    return pushed + skipped() + pushFailures;
  }
}
