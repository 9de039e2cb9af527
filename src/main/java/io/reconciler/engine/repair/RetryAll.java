package io.reconciler.engine.repair;

import io.reconciler.engine.run.Trigger;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Asks for open dead letters of the active clients to be tried again.
 *
 * @param ids which; null: every one
 */
public record RetryAll(String requester, Trigger trigger, @Nullable List<UUID> ids) {

  public RetryAll {
    ids = ids == null ? null : List.copyOf(ids);
  }

  /** Every one. */
  public RetryAll(String requester, Trigger trigger) {
    this(requester, trigger, null);
  }
}
