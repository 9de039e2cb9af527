package io.reconciler.history;

import io.reconciler.history.Step.Kind;
import io.reconciler.sandbox.Fault;
import io.reconciler.sandbox.table.SandboxTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Plays a history on a bench, step by step, and keeps every edit in mind. */
final class Play {

  static final String REFUSAL =
      "{\"error\":{\"type\":\"INVALID_VALUE_FOR_COLUMN\",\"message\":\"Cannot accept the provided"
          + " value\"}}";

  private final Bench bench;
  private final Airtable airtable;
  private final Portal portal;
  private final Runs runs;
  private final List<String> records = new ArrayList<>();
  private final Set<String> unsettled = new HashSet<>();
  private final Backups backups;
  private @Nullable Moment during;

  Play(Bench bench, Nodes.Hook bug) {
    this.bench = bench;
    SandboxTable leads = bench.fresh();
    bench.timeline().restart(bench.world().jdbc(), Duration.ofSeconds(7));
    EditLog edits = new EditLog(bench.world().jdbc());
    this.airtable = new Airtable(leads, edits);
    this.portal = new Portal(bench, edits);
    this.runs = new Runs(bench, bug, new Watch(bench.world(), edits));
    this.backups = new Backups(bench.world());
    calm();
  }

  /** Goes on from there, where both sides and the clocks must be as they were then. */
  Play(Play past, Nodes.Hook bug) {
    EditLog edits = past.portal.edits().copy();
    this.bench = past.bench;
    this.airtable = new Airtable(past.airtable, edits);
    this.portal = new Portal(past.portal, edits);
    this.runs = new Runs(past.runs, bug, edits);
    this.backups = past.backups;
    this.records.addAll(past.records);
    this.unsettled.addAll(past.unsettled);
    calm();
  }

  /** Plays it to its end, then lets everything settle and judges. */
  static Verdict of(History history, Bench bench, Nodes.Hook bug) {
    Play play = new Play(bench, bug);
    history.steps().forEach(play::step);
    return play.settle();
  }

  /** The same, with a dry run before each run that nothing disturbs, which must foretell it. */
  static Verdict rehearsed(History history, Bench bench) {
    Play play = new Play(bench, Nodes.Hook.NONE);
    play.runs.rehearse();
    history.steps().forEach(play::step);
    return play.settle();
  }

  /**
   * Plays these as well and settles at once: for a history without edits that only a full sweep
   * finds, or with such alone.
   */
  Verdict once(List<Step> steps) {
    steps.forEach(this::step);
    return settleOnce();
  }

  void step(Step step) {
    // EditLog do not come at the very same moment: a millisecond between them, and now and then
    // more.
    bench.timeline().advance(bench.world().jdbc(), Duration.ofMillis(1300));
    if (during != null && step.kind().edit()) {
      runs.inTheMiddle(during, step.kind().name().startsWith("P_"), step.cell(), () -> act(step));
      during = null;
      return;
    }
    act(step);
  }

  private void act(Step step) {
    switch (step.kind()) {
      case WAIT ->
          bench.timeline().advance(bench.world().jdbc(), Duration.ofSeconds(step.amount()));
      case A_CLOCK -> bench.timeline().setAirtable(Duration.ofSeconds(step.amount()));
      case E_CLOCK -> bench.timeline().setEngine(Duration.ofSeconds(step.amount()));
      case FAULT -> fault(InjectedFault.values()[step.amount()]);
      case CALM -> calm();
      case DURING -> during = step.moment();
      case CRASH -> runs.dieAt(step.moment());
      case MAY_CRASH -> runs.mayDieAt(step.moment());
      case CUT -> runs.cutAt(step.moment());
      case SCHEDULED, MANUAL, FULL -> runs.run(step);
      case BACKUP -> backups.take();
      case RESTORE -> backups.restore();
      case CREATE -> records.add(airtable.create(step.cell()));
      default -> edit(step);
    }
  }

  private void edit(Step step) {
    if (step.record() >= records.size()) {
      return;
    }
    String record = records.get(step.record());
    switch (step.kind()) {
      case A_SET -> airtable.set(record, step.cell());
      case A_MEANWHILE -> {
        runs.disturb();
        Delay.values()[step.amount()].arrange(
            bench,
            runs,
            () -> {
              airtable.set(record, step.cell());
              runs.disturbed();
            });
      }
      case A_CLEAR -> airtable.clear(record, step.cell());
      case A_BACK -> airtable.back(record);
      case A_BAD -> airtable.bad(record, step.cell());
      case A_REFUSED -> airtable.refused(record, step.cell());
      case A_REWRITE -> airtable.rewrite(record);
      case A_STOP -> airtable.toggleStop(record);
      case A_RENAME -> {
        airtable.rename(step.cell());
        runs.renamed(airtable.isRenamed());
      }
      case A_DELETE, A_RESTORE -> {
        unsettled.add(record);
        airtable.exist(record, step.kind() == Kind.A_RESTORE);
      }
      case ADOPT -> portal.adopt(record);
      case P_SET -> portal.set(record, step.cell(), 0);
      case P_LATE -> portal.set(record, step.cell(), step.amount());
      case P_QUIET -> {
        unsettled.add(record);
        portal.setQuietly(record, step.cell());
      }
      case P_READ -> portal.open(record);
      case P_STALE -> portal.save(record);
      case P_CLEAR -> portal.clear(record, step.cell());
      case P_BACK -> portal.back(record);
      case P_REWRITE -> portal.rewrite(record, "");
      case P_BROKEN -> portal.claimAtInfinity(record);
      case P_POISON -> portal.rewrite(record, Bench.POISON + " ");
      default -> throw new IllegalArgumentException("no edit: " + step);
    }
  }

  private void fault(InjectedFault trouble) {
    trouble.on(bench.world().sandbox());
    runs.troubled(true);
  }

  private void calm() {
    bench.world().sandbox().clearFaults();
    bench
        .world()
        .sandbox()
        .onRequest(
            request -> request.method().equals("PATCH") && request.body().contains(Bench.POISON),
            Fault.answer(422, REFUSAL).always());
    runs.troubled(false);
  }

  /**
   * EditLog and faults stop. One run after the grace period both sides agree; what only a full
   * sweep can find (deleted and restored records, edits without {@code updated_at}) one full sweep
   * later. A merge bears Airtable's time, so its grace period ends as much later as that clock is
   * ahead.
   */
  private Verdict settle() {
    airtable.renameBack();
    runs.renamed(false);
    calm();
    runs.finishPlans();
    Judge judge = new Judge(bench.world(), portal.edits());
    bench.timeline().advance(bench.world().jdbc(), bench.timeline().furthestAhead());
    quietly(Step.of(Kind.SCHEDULED, 1));
    judge.agreement(records.stream().filter(record -> !unsettled.contains(record)).toList());
    quietly(Step.of(Kind.FULL));
    judge.agreement(records);
    judge.edits();
    unchanged(judge, Step.of(Kind.SCHEDULED, 20));
    return judge.verdict(runs.failures());
  }

  private Verdict settleOnce() {
    airtable.renameBack();
    runs.renamed(false);
    calm();
    runs.finishPlans();
    Judge judge = new Judge(bench.world(), portal.edits());
    bench.timeline().advance(bench.world().jdbc(), bench.timeline().furthestAhead());
    Step run = Step.of(unsettled.isEmpty() ? Kind.SCHEDULED : Kind.FULL, 1);
    quietly(run);
    judge.agreement(records);
    judge.edits();
    unchanged(judge, run);
    return judge.verdict(runs.failures());
  }

  private void quietly(Step run) {
    bench.timeline().advance(bench.world().jdbc(), Duration.ofSeconds(90));
    runs.run(run);
  }

  private void unchanged(Judge judge, Step run) {
    judge.before();
    quietly(run);
    judge.nothingWritten();
  }
}
