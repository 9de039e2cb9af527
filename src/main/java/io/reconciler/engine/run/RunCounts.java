package io.reconciler.engine.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a run has done so far; the progress is told of each step, one after the other. Safe for the
 * threads of a run: a page asked for ahead, and updates on the way side by side.
 */
public final class RunCounts {

  private final ErrorTexts pullErrors = new ErrorTexts();
  private final ErrorTexts pushErrors = new ErrorTexts();
  private final ProgressListener progress;
  private final boolean dryRun;
  private final @Nullable String table;
  private final @Nullable RunCounts whole;
  private final List<RunCounts> parts = new ArrayList<>();
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
    this(dryRun, progress, new Requests(), null, null);
  }

  private RunCounts(
      boolean dryRun,
      ProgressListener progress,
      Requests requests,
      @Nullable String table,
      @Nullable RunCounts whole) {
    this.dryRun = dryRun;
    this.progress = progress;
    this.requests = requests;
    this.table = table;
    this.whole = whole;
  }

  /** Counts of one of several tables, which these sum up; their texts name it. */
  RunCounts of(String name) {
    RunCounts part = new RunCounts(dryRun, progress, requests, name, this);
    parts.add(part);
    return part;
  }

  /** Counts of a rehearsal, which nobody is told; its requests are the run's. */
  RunCounts rehearsal() {
    return new RunCounts(true, new Rehearsing(progress), requests, table, null);
  }

  synchronized void stage(Stage begun) {
    stage = named(begun.title());
    if (whole != null) {
      whole.at(stage);
    }
    progress.stage(stage);
  }

  private synchronized void at(String name) {
    stage = name;
  }

  private String named(String text) {
    return table == null ? text : table + ": " + text;
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
    pullErrors.add(named(text));
    if (whole != null) {
      whole.pullError(named(text));
    }
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
    pushErrors.add(named(text));
    if (whole != null) {
      whole.pushError(named(text));
    }
  }

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
      progress.planned(table == null ? write : write.in(table));
    }
  }

  /** A conflict that a dry run has decided. */
  public synchronized void decided(PlannedConflict conflict) {
    progress.decided(table == null ? conflict : conflict.in(table));
  }

  synchronized void ended(RunResult result) {
    progress.ended(result);
  }

  /** The present stage has about so many records in all. */
  synchronized void expect(long total) {
    progress.total(total);
  }

  /** Records that a stage is done with. */
  public synchronized long done(Stage of) {
    return of == Stage.PULL ? sum(RunCounts::pulledRecords) : sum(RunCounts::candidates);
  }

  /** The stage that it is in; empty before the first. */
  synchronized String stage() {
    return stage;
  }

  /** The numbers so far, by name; for any thread. */
  synchronized Map<String, Long> soFar() {
    return Map.ofEntries(
        Map.entry("pulled", sum(RunCounts::pulledRecords)),
        Map.entry("inserted", sum(c -> c.inserted)),
        Map.entry("updated", sum(c -> c.updated)),
        Map.entry("deactivated", sum(c -> c.deactivated)),
        Map.entry("candidates", sum(RunCounts::candidates)),
        Map.entry("pushed", sum(c -> c.pushed)),
        Map.entry("skipped", sum(RunCounts::skipped)),
        Map.entry("conflicts", sum(c -> c.conflicts)),
        Map.entry("errors", pullErrors.count() + pushErrors.count()),
        Map.entry("requests", requests.sent),
        Map.entry("waits", requests.waits));
  }

  public synchronized long requests() {
    return requests.sent;
  }

  public synchronized long waits() {
    return requests.waits;
  }

  synchronized RunResult.Stage1 stage1() {
    return new RunResult.Stage1(
        sum(RunCounts::pulledRecords),
        sum(c -> c.inserted),
        sum(c -> c.updated),
        sum(c -> c.unchanged),
        sum(c -> c.deactivated),
        pullErrors.texts(),
        pullErrors.count());
  }

  synchronized RunResult.Stage2 stage2() {
    return new RunResult.Stage2(
        sum(RunCounts::candidates),
        sum(c -> c.pushed),
        sum(RunCounts::skipped),
        new RunResult.SkippedBy(
            sum(c -> c.grace), sum(c -> c.airtableNewer), sum(c -> c.alreadyThere)),
        sum(c -> c.conflicts),
        pushErrors.texts(),
        pushErrors.count());
  }

  private long sum(ToLongFunction<RunCounts> count) {
    return count.applyAsLong(this) + parts.stream().mapToLong(count).sum();
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
