package io.reconciler.engine.verify;

import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.postgres.AgreedValues;
import java.util.Set;

/**
 * What the engine knows of a record.
 *
 * @param deadLetters columns and field groups that wait in the dead letters; an empty name stands
 *     for the whole record
 * @param inGrace whether its lead was changed less than the grace period ago
 * @param mayBeHidden whether row security may hide a lead of it
 */
record RecordStanding(
    AgreedValues agreed, Set<String> deadLetters, boolean inGrace, boolean mayBeHidden) {

  Cause cause(FieldMapping field, boolean pending, boolean unconvertible) {
    boolean held =
        unconvertible
            || deadLetters.contains("")
            || deadLetters.contains(field.column())
            || (field.group() != null && deadLetters.contains(field.group()));
    if (held) {
      return Cause.DEAD_LETTER;
    }
    if (!pending) {
      return Cause.UNEXPLAINED;
    }
    return inGrace ? Cause.IN_GRACE : Cause.PENDING;
  }

  /**
   * Why a record has no active lead: one of its values may be what keeps it out.
   *
   * @param unseen whether there is no other lead of it either
   */
  Cause missing(boolean unseen) {
    if (!deadLetters.isEmpty()) {
      return Cause.DEAD_LETTER;
    }
    return unseen && mayBeHidden ? Cause.ROW_SECURITY : Cause.UNEXPLAINED;
  }
}
