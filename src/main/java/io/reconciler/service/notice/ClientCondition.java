package io.reconciler.service.notice;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a client stands now.
 *
 * @param at the database's time
 * @param condition null when no run has ended yet
 * @param run the run that says so
 * @param failure what stopped it
 * @param deadLetters how many are open
 * @param newest when the newest open one appeared
 * @param shortage that the requests of this month will not do, and was not told yet; null as a rule
 */
record ClientCondition(
    UUID client,
    String name,
    String baseId,
    Instant at,
    @Nullable Condition condition,
    @Nullable UUID run,
    @Nullable String failure,
    long deadLetters,
    @Nullable Instant newest,
    @Nullable String shortage) {

  /** The same, with what there is to say of the requests of this month. */
  ClientCondition with(String text) {
    return new ClientCondition(
        client, name, baseId, at, condition, run, failure, deadLetters, newest, text);
  }
}
