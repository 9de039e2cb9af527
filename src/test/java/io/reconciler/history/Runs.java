package io.reconciler.history;

import io.reconciler.engine.run.ClientOutcome;
import io.reconciler.engine.run.RunRequest;
import io.reconciler.engine.run.RunResult;
import io.reconciler.engine.run.Trigger;
import io.reconciler.history.Nodes.Passage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Starts the runs of a history, kills some, and looks at each when it is over. */
final class Runs {

  private final Bench bench;
  private final Nodes.Hook bug;
  private final Watch watch;
  private final List<String> failures = new ArrayList<>();
  private @Nullable Death death;
  private @Nullable InTheMiddle edit;
  private @Nullable Cut cut;
  private boolean certain = true;
  private Nodes.Hook turn = Nodes.Hook.NONE;
  private boolean troubled;
  private boolean renamed;
  private boolean rehearsed;
  private int waiting;
  private int count;

  Runs(Bench bench, Nodes.Hook bug, Watch watch) {
    this.bench = bench;
    this.bug = bug;
    this.watch = watch;
  }

  /** Goes on from there, where nothing is left to happen to a run. */
  Runs(Runs past, Nodes.Hook bug, EditLog edits) {
    this(past.bench, bug, new Watch(past.bench.world(), edits));
    this.failures.addAll(past.failures);
    this.troubled = past.troubled;
    this.renamed = past.renamed;
    this.rehearsed = past.rehearsed;
    this.waiting = past.waiting;
    this.count = past.count;
  }

  /** Whether a run may fail for what Airtable does. */
  void troubled(boolean now) {
    troubled = now;
  }

  /** Whether fields are missing under their names, so that a run may fail. */
  void renamed(boolean now) {
    renamed = now;
  }

  /** A dry run goes before each run that nothing disturbs. */
  void rehearse() {
    rehearsed = true;
  }

  /** Something happens in the next run that sends something. */
  void disturb() {
    waiting++;
  }

  /** It has happened. */
  void disturbed() {
    waiting = Math.max(0, waiting - 1);
  }

  /** The next run dies then. */
  void dieAt(Moment moment) {
    death = new Death(moment);
    certain = true;
  }

  /** The next run dies then, if it comes to it. */
  void mayDieAt(Moment moment) {
    dieAt(moment);
    certain = false;
  }

  /** The next run loses all of its connections to PostgreSQL then, if it comes to it. */
  void cutAt(Moment moment) {
    cut = new Cut(moment, bench.world());
  }

  /** The next run meets an edit then. */
  void inTheMiddle(Moment moment, boolean byPortal, Cell cell, Runnable action) {
    finishEdit();
    edit = new InTheMiddle(moment, byPortal || !cell.portalOwned(), action, bench.world());
  }

  /** This happens before the next PATCH. */
  void beforePatch(Nodes.Hook hook) {
    turn = hook;
  }

  /** Nothing is left to happen to a run. */
  void finishPlans() {
    death = null;
    cut = null;
    if (turn != Nodes.Hook.NONE) {
      turn = Nodes.Hook.NONE;
      disturbed();
    }
    finishEdit();
  }

  void run(Step step) {
    count++;
    List<ClientOutcome> foretold = rehearsed && !isDisturbed() ? dry(step) : List.of();
    watch.before();
    bench.nodes().set(new Both(bug, edit, death, cut, turn));
    String problem = null;
    try {
      List<ClientOutcome> outcomes = bench.world().runAll(request(step));
      problem = problem(outcomes);
      foretold(foretold, outcomes, step);
    } catch (RuntimeException e) {
      problem = "it threw " + e;
    }
    boolean dead = death != null && death.dead();
    boolean killed = dead || cut != null && cut.done();
    if (dead) {
      death.bury(bench.world().engine(), bench.nodes());
    } else if (death != null && certain && !death.moment().place().isEmpty()) {
      failures.add("run " + count + " (" + step + ") never came to " + death.moment());
    }
    bench.nodes().set(Nodes.Hook.NONE);
    finishPlans();
    if (problem != null && !killed && !troubled && !renamed) {
      failures.add("P4 run " + count + " (" + step + ") failed without a reason: " + problem);
    }
    watch.after().forEach(what -> failures.add(what + " after run " + count + " (" + step + ")"));
  }

  List<String> failures() {
    return failures;
  }

  private boolean isDisturbed() {
    return waiting > 0
        || death != null
        || cut != null
        || edit != null
        || turn != Nodes.Hook.NONE
        || troubled
        || renamed;
  }

  private List<ClientOutcome> dry(Step step) {
    RunRequest real = request(step);
    RunRequest dry =
        new RunRequest(
            real.trigger(), "history", real.minutes(), null, real.full(), true, real.force());
    return bench.world().runAll(dry);
  }

  // What Airtable will refuse nobody can know before it has.
  private void foretold(List<ClientOutcome> dry, List<ClientOutcome> real, Step step) {
    if (dry.isEmpty()) {
      return;
    }
    RunResult foretold = dry.get(0).result();
    RunResult came = real.get(0).result();
    if (foretold == null || came == null || came.stage2().errors().toString().contains("422")) {
      return;
    }
    if (!foretold.stage1().equals(came.stage1()) || !foretold.stage2().equals(came.stage2())) {
      failures.add(
          "run %d (%s) was foretold as%n  %s%n  %s%nand became%n  %s%n  %s"
              .formatted(
                  count, step, foretold.stage1(), foretold.stage2(), came.stage1(), came.stage2()));
    }
  }

  private static @Nullable String problem(List<ClientOutcome> outcomes) {
    RunResult result = outcomes.get(0).result();
    if (result == null) {
      return "the client was busy";
    }
    return result.success() ? null : Objects.toString(result.failure());
  }

  private static RunRequest request(Step step) {
    return switch (step.kind()) {
      case SCHEDULED ->
          new RunRequest(Trigger.SCHEDULE, "history", step.amount(), null, false, false, false);
      case MANUAL ->
          new RunRequest(Trigger.CLI, "history", step.amount(), null, false, false, false);
      case FULL -> new RunRequest(Trigger.CLI, "history", 20, null, true, false, false);
      default -> throw new IllegalArgumentException("no run: " + step);
    };
  }

  private void finishEdit() {
    InTheMiddle last = edit;
    edit = null;
    if (last != null) {
      try {
        last.finish();
      } catch (Exception e) {
        throw new IllegalStateException("the edit in the middle of a run failed", e);
      }
    }
  }

  /** A bug, an edit and a death in one run. */
  private record Both(
      Nodes.Hook bug,
      @Nullable InTheMiddle edit,
      @Nullable Death death,
      @Nullable Cut cut,
      Nodes.Hook turn)
      implements Nodes.Hook {

    @Override
    public boolean before(Passage passage) throws Exception {
      if (death != null) {
        death.before(passage);
      }
      if (cut != null) {
        cut.before(passage);
      }
      if (edit != null) {
        edit.before(passage);
      }
      turn.before(passage);
      return bug.before(passage);
    }

    @Override
    public void after(Passage passage) throws Exception {
      bug.after(passage);
    }
  }
}
