package io.reconciler.history;

import io.reconciler.world.KeptSides;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The steps that many plays begin with. They are played once on a bench; each play goes on from a
 * copy of what they led to. They leave nothing to happen to the next run, and Airtable well.
 */
final class Beginning {

  private final List<Step> steps;
  private final Nodes.Hook bug;
  private final Map<Bench, Kept> kept = new ConcurrentHashMap<>();

  /** These steps, with a bug in their runs. */
  Beginning(List<Step> steps, Nodes.Hook bug) {
    this.steps = List.copyOf(steps);
    this.bug = bug;
  }

  /** A play that has come so far, and goes on with a bug. */
  Play on(Bench bench, Nodes.Hook next) {
    return kept.computeIfAbsent(bench, this::play).again(next);
  }

  private Kept play(Bench bench) {
    Play play = new Play(bench, bug);
    steps.forEach(play::step);
    return new Kept(
        bench, play, KeptSides.of(bench.world()), bench.timeline().times(bench.world().jdbc()));
  }

  /** All that they led to. */
  private record Kept(Bench bench, Play play, KeptSides sides, Timeline.Times times) {

    Play again(Nodes.Hook bug) {
      sides.putBack();
      bench.timeline().setBack(bench.world().jdbc(), times);
      return new Play(play, bug);
    }
  }
}
