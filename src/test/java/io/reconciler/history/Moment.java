package io.reconciler.history;

import io.reconciler.history.Nodes.Passage;

/**
 * A moment of a run: before it passes a node.
 *
 * @param number how many nodes it has passed before; with a place, how many times it was there
 * @param place the node by the names of its route and of what it calls, as {@code
 *     push-chunk/recordReads.of}; empty for the number
 */
record Moment(int number, String place) {

  /** Whether the run has come to it with this node, or was there before. */
  boolean isReached(Passage passage) {
    return place.isEmpty() ? passage.number() >= number : passage.isAt(place);
  }

  @Override
  public String toString() {
    return place.isEmpty() ? "node " + number : place + (number > 0 ? " after " + number : "");
  }
}
