package io.reconciler.engine.verify;

import io.reconciler.engine.run.Client;
import org.jspecify.annotations.Nullable;

/**
 * What came of comparing one client's sides: a result, or what stopped it.
 *
 * @param result null when it failed
 * @param failure null when it did not
 * @param misconfigured whether it failed because what it was configured with can't work
 */
public record VerifyOutcome(
    Client client, @Nullable VerifyResult result, @Nullable String failure, boolean misconfigured) {

  /** Of a comparison that nothing in its configuration kept from going well. */
  public VerifyOutcome(Client client, @Nullable VerifyResult result, @Nullable String failure) {
    this(client, result, failure, false);
  }
}
