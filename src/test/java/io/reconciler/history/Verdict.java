package io.reconciler.history;

import java.util.List;
import java.util.Map;

/**
 * What came of a history.
 *
 * @param fates how many edits ended how
 * @param failures what must not be, in words
 */
record Verdict(Map<Fate, Integer> fates, List<String> failures) {

  /** Where an edit ended. */
  enum Fate {
    /** Its value is on both sides. */
    ON_BOTH_SIDES,
    /** A later edit was made on top of it. */
    SUPERSEDED,
    /** It put back what both sides had agreed on, which changes nothing on the other side. */
    TAKEN_BACK,
    /** It lost a conflict and stands in the ledger. */
    IN_CONFLICT_LEDGER,
    /** It could not be applied and stands in the dead letters. */
    IN_DEAD_LETTERS,
    /** Its record was deleted, and the lead is marked inactive. */
    RECORD_DELETED,
    /** It is nowhere. */
    LOST
  }

  boolean red() {
    return !failures.isEmpty();
  }
}
