package io.reconciler.notice;

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
 */
record Present(
    UUID client,
    String name,
    String baseId,
    Instant at,
    @Nullable Condition condition,
    @Nullable UUID run,
    @Nullable String failure,
    long deadLetters,
    @Nullable Instant newest) {}
