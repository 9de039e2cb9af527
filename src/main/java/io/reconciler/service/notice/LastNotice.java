package io.reconciler.service.notice;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What operators were last told about a client.
 *
 * @param deadLetters open dead letters that they know of, less those settled since
 * @param newest when the newest of them appeared; null when none was told
 * @param deadLettersToldAt null when never
 */
record LastNotice(
    UUID client,
    Condition condition,
    long deadLetters,
    @Nullable Instant newest,
    @Nullable Instant deadLettersToldAt) {}
