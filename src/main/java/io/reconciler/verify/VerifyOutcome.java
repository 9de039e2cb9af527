package io.reconciler.verify;

import io.reconciler.run.Client;
import org.jspecify.annotations.Nullable;

/**
 * What came of comparing one client's sides: a result, or what stopped it.
 *
 * @param result null when it failed
 * @param failure null when it did not
 */
public record VerifyOutcome(
    Client client, @Nullable VerifyResult result, @Nullable String failure) {}
