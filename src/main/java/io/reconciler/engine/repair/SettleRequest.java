package io.reconciler.engine.repair;

import io.reconciler.engine.run.Trigger;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Asks for one entry of a ledger to be settled.
 *
 * @param requester who asks, for the ledger
 * @param value of a merged conflict: the side whose value is to be applied, {@code airtable} or
 *     {@code portal}; null otherwise
 */
public record SettleRequest(UUID id, String requester, Trigger trigger, @Nullable String value) {

  /** A request that needs no choice of a value. */
  public static SettleRequest of(UUID id, String requester, Trigger trigger) {
    return new SettleRequest(id, requester, trigger, null);
  }
}
