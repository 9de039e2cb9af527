package io.reconciler.engine.run;

import io.reconciler.engine.dryrun.PlannedConflict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
  private final PullCounts pull = new PullCounts();
  private final PushCounts push = new PushCounts();
  private final Set<String> altered = new HashSet<>();
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
    pull.apply(newLeads, changedLeads, sameLeads);
    progress.records(pull.records());
  }

  /** A record that stage 1 could not apply at all. */
  public synchronized void pullFailed() {
    pull.fail();
    progress.records(pull.records());
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
    pull.deactivate(leads);
  }

  /** A lead that stage 2 has brought to Airtable. */
  public synchronized void pushed() {
    push.send();
    progress.records(push.candidates());
  }

  /** A lead that stage 2 skipped in its grace period. */
  public synchronized void skippedInGrace() {
    skip(PushCounts.Skipped.GRACE);
  }

  /** A lead that stage 2 skipped because Airtable won. */
  public synchronized void skippedForAirtable() {
    skip(PushCounts.Skipped.AIRTABLE_NEWER);
  }

  /** A lead that stage 2 skipped because Airtable held the portal's values already. */
  public synchronized void skippedUnchanged() {
    skip(PushCounts.Skipped.ALREADY_THERE);
  }

  private void skip(PushCounts.Skipped why) {
    push.skip(why);
    progress.records(push.candidates());
  }

  /** A lead that stage 2 could not bring to Airtable. */
  public synchronized void pushFailed() {
    push.fail();
    progress.records(push.candidates());
  }

  /** Something that stage 2 could not send. */
  public synchronized void pushError(String text) {
    pushErrors.add(named(text));
    if (whole != null) {
      whole.pushError(named(text));
    }
  }

  public synchronized void conflicts(long decided) {
    push.conflicts(decided);
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

  /** Whether PostgreSQL alters values of that column for the first time here: it is told once. */
  public synchronized boolean isFirstAltered(String column) {
    return altered.add(column);
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
    return of == Stage.PULL ? pulledOfAll().records() : pushedOfAll().candidates();
  }

  /** The stage that it is in; empty before the first. */
  synchronized String stage() {
    return stage;
  }

  /** The numbers so far, by name; for any thread. */
  synchronized Map<String, Long> soFar() {
    Map<String, Long> soFar = new HashMap<>(pulledOfAll().byName());
    soFar.putAll(pushedOfAll().byName());
    soFar.put("errors", pullErrors.count() + pushErrors.count());
    soFar.put("requests", requests.sent);
    soFar.put("waits", requests.waits);
    return soFar;
  }

  public synchronized long requests() {
    return requests.sent;
  }

  public synchronized long waits() {
    return requests.waits;
  }

  synchronized RunResult.Stage1 stage1() {
    return pulledOfAll().result(pullErrors);
  }

  synchronized RunResult.Stage2 stage2() {
    return pushedOfAll().result(pushErrors);
  }

  private PullCounts pulledOfAll() {
    PullCounts all = new PullCounts();
    all.add(pull);
    parts.forEach(part -> all.add(part.pull));
    return all;
  }

  private PushCounts pushedOfAll() {
    PushCounts all = new PushCounts();
    all.add(push);
    parts.forEach(part -> all.add(part.push));
    return all;
  }
}
