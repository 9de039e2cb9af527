package io.reconciler.history;

/** Takes steps out of a red history for as long as it stays red. */
final class Shrinker {

  private final Bench bench;

  Shrinker(Bench bench) {
    this.bench = bench;
  }

  /** The shortest red history that was found. */
  History shrink(History red) {
    History shortest = red;
    for (int size = Math.max(1, red.steps().size() / 2); size >= 1; size /= 2) {
      for (int from = shortest.steps().size() - size; from >= 0; from--) {
        History shorter = shortest.without(from, size);
        if (Play.of(shorter, bench, Nodes.Hook.NONE).red()) {
          shortest = shorter;
          from = Math.min(from, shortest.steps().size() - size + 1);
        }
      }
    }
    return shortest;
  }
}
