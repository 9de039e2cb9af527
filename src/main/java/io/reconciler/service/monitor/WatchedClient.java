package io.reconciler.service.monitor;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An active client as the database knows it.
 *
 * @param base its base id
 * @param reconciledAt when a run of it last ended well; null for never
 * @param deadLetters open ones
 * @param conflicts open ones
 * @param monthRequests requests to its base in this month (UTC), of all processes
 */
record WatchedClient(
    String base,
    String name,
    @Nullable Instant reconciledAt,
    long deadLetters,
    long conflicts,
    long monthRequests) {}
