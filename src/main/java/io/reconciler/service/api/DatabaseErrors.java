package io.reconciler.service.api;

import io.reconciler.engine.failure.Causes;
import io.reconciler.side.postgres.DatabaseAway;
import io.reconciler.side.postgres.RefusedWrite;
import java.util.Optional;

/** The answers to what fails at the database and not at the request or at us. */
public final class DatabaseErrors {

  private final TableProblems problems;

  /** Where the tables have changed, that is looked at here. */
  public DatabaseErrors(TableProblems problems) {
    this.problems = problems;
  }

  /** 503, to try again later; empty when that would not help. */
  public Optional<ApiError> of(Throwable failure) {
    if (DatabaseAway.isShut(failure)) {
      return Optional.of(ApiError.databaseAway());
    }
    return Causes.find(failure, OtherTableException.class)
        .map(this::of)
        .or(() -> RefusedWrite.of(failure).flatMap(this::of));
  }

  private ApiError of(OtherTableException other) {
    String text = String.valueOf(other.getMessage());
    return ApiError.otherTables(problems.behind(text).orElse(text));
  }

  private Optional<ApiError> of(RefusedWrite refusal) {
    if (refusal.isReadOnly()) {
      return Optional.of(ApiError.readOnly());
    }
    if (refusal.isLock()) {
      return Optional.of(ApiError.locked());
    }
    if (refusal.isAboutTable() || refusal.isDenied()) {
      // With the tables as they must be it is a defect of ours.
      return problems.behind(refusal.message()).map(ApiError::otherTables);
    }
    return refusal.passes() ? Optional.of(ApiError.crossed()) : Optional.empty();
  }
}
