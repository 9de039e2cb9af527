package io.reconciler.engine.repair;

import org.jspecify.annotations.Nullable;

/**
 * Entries of a ledger that are alike.
 *
 * @param table the mapping's name; null for conflicts, which are alike across tables
 * @param stage pull or push; null for conflicts
 * @param name the column or field group that they are about; empty for whole records
 * @param kind what they have in common: the reason, or the winner and the policy
 * @param count how many there are
 * @param example a value of one of them; null when there is none
 */
public record LedgerGroup(
    @Nullable String table,
    @Nullable String stage,
    String name,
    String kind,
    long count,
    @Nullable String example) {

  /** Whether they are about what came from Airtable. */
  public boolean isPull() {
    return "pull".equals(stage);
  }
}
