package io.reconciler.engine.run;

import io.reconciler.engine.failure.Causes;
import io.reconciler.engine.failure.FailureText;
import io.reconciler.engine.failure.MisconfiguredException;
import io.reconciler.engine.failure.RunInterruptedException;
import io.reconciler.engine.failure.RunStoppedException;
import io.reconciler.side.airtable.AirtableException;
import io.reconciler.side.postgres.Database;
import io.reconciler.side.postgres.DatabaseAway;
import io.reconciler.side.postgres.RefusedWrite;
import io.reconciler.side.postgres.rules.TableAccess;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** Ends runs: well, or with a text that an operator can act on. */
public final class RunEnd {

  private static final Logger LOG = LoggerFactory.getLogger(RunEnd.class);

  private final DataSource database;
  private final TableAccess access;

  /** Ends runs over this pool of connections. */
  public RunEnd(DataSource database) {
    this.database = database;
    this.access = new TableAccess(database);
  }

  /** Marks the run as failed, as stopped by a guard, or as interrupted. */
  public void fail(Run run, Throwable cause) {
    LOG.debug("run {} failed", run.id(), cause);
    if (DatabaseAway.lost(cause)
        || RefusedWrite.of(cause).filter(RefusedWrite::isReadOnly).isPresent()) {
      // What ended one connection ended most likely all: one run has to pay for it, and not the
      // next as well.
      Database.renew(database);
    }
    run.ended(outcome(cause), text(run, cause));
  }

  /** What failed a run, for an operator: of a right, PostgreSQL does not name what is missing. */
  public String text(Run run, Throwable cause) {
    Optional<String> right = Optional.empty();
    if (RefusedWrite.of(cause).filter(RefusedWrite::isDenied).isPresent()) {
      try {
        right = access.missingRight(run.mapping());
      } catch (DataAccessException e) {
        LOG.debug("the rights could not be looked at", e);
      }
    }
    return right.orElseGet(() -> FailureText.of(cause));
  }

  /**
   * Marks the part of a run as failed that works on one of several tables: the others go on.
   *
   * @throws Exception the cause, when it is the whole run's affair
   */
  public void table(Run run, Exception cause) throws Exception {
    if (run.isWhole() || endsAll(cause)) {
      throw cause;
    }
    fail(run, cause);
    LOG.warn("{}: {}: {}", run.client().baseId(), run.table().name(), run.failure());
  }

  // What no other table of the base, or no other request, would do better with.
  private static boolean endsAll(Throwable cause) {
    return Causes.find(cause, RunInterruptedException.class).isPresent()
        || Causes.find(cause, AirtableException.Unavailable.class).isPresent()
        || Causes.find(cause, AirtableException.RateLimited.class).isPresent()
        || Causes.find(cause, AirtableException.QuotaExceeded.class).isPresent()
        || Causes.find(cause, AirtableException.Refused.class)
            .filter(e -> e.status() == 401)
            .isPresent()
        || Causes.find(cause, IOException.class).isPresent()
        || DatabaseAway.is(cause);
  }

  /** Ends a run well, unless one of its tables failed. */
  public void finish(Run run) {
    List<Run> failed =
        run.parts().stream().filter(part -> part != run && !part.isOngoing()).toList();
    if (failed.isEmpty()) {
      run.ended(RunOutcome.SUCCEEDED, null);
      return;
    }
    boolean stopped = failed.stream().allMatch(part -> part.outcome().isByGuard());
    run.ended(stopped ? RunOutcome.STOPPED : RunOutcome.FAILED, texts(failed));
  }

  // Of tables that failed alike it is said once.
  private static String texts(List<Run> failed) {
    Map<String, String> tables = new LinkedHashMap<>();
    failed.forEach(
        part ->
            tables.merge(
                String.valueOf(part.failure()), part.table().name(), (a, b) -> a + ", " + b));
    return tables.entrySet().stream()
        .map(each -> each.getValue() + ": " + each.getKey())
        .collect(Collectors.joining("; "));
  }

  /** Tells of a run that is over although its ledger does not know. */
  public void notEntered(Throwable cause) {
    LOG.warn("the run's outcome could not be entered in the ledger: {}", FailureText.of(cause));
  }

  /** The outcome of a run that could not begin because another one is active. */
  public ClientOutcome busy(Run run) {
    return ClientOutcome.busy(run.client());
  }

  /** Whether nothing but another configuration would help. */
  public static boolean isMisconfigured(Throwable cause) {
    return Causes.find(cause, MisconfiguredException.class).isPresent();
  }

  private static RunOutcome outcome(Throwable cause) {
    if (Causes.find(cause, RunInterruptedException.class).isPresent()) {
      return RunOutcome.INTERRUPTED;
    }
    if (isMisconfigured(cause)) {
      return RunOutcome.MISCONFIGURED;
    }
    boolean guard = Causes.find(cause, RunStoppedException.class).isPresent();
    return guard ? RunOutcome.STOPPED : RunOutcome.FAILED;
  }
}
