package io.reconciler.service.api;

import io.reconciler.side.postgres.DatabaseAway;
import io.reconciler.side.postgres.RefusedWrite;
import java.util.Optional;

/** The answers to what fails at the database for a while only. */
public final class DatabaseErrors {

  private DatabaseErrors() {}

  /** 503, to try again later; empty when that would not help. */
  public static Optional<ApiError> of(Throwable failure) {
    return DatabaseAway.isShut(failure)
        ? Optional.of(ApiError.databaseAway())
        : RefusedWrite.of(failure).flatMap(DatabaseErrors::of);
  }

  private static Optional<ApiError> of(RefusedWrite refusal) {
    if (refusal.isReadOnly()) {
      return Optional.of(ApiError.readOnly());
    }
    if (refusal.isLock()) {
      return Optional.of(ApiError.locked());
    }
    return refusal.passes() ? Optional.of(ApiError.crossed()) : Optional.empty();
  }
}
