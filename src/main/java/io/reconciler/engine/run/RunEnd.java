package io.reconciler.engine.run;

import io.reconciler.side.airtable.AirtableException;
import io.reconciler.side.airtable.UnusableAnswerException;
import io.reconciler.side.postgres.Database;
import io.reconciler.side.postgres.DatabaseAway;
import io.reconciler.side.postgres.RefusedWrite;
import io.reconciler.text.Plain;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionSystemException;

/** Ends runs: well, or with a text that an operator can act on. */
public final class RunEnd {

  private static final Logger LOG = LoggerFactory.getLogger(RunEnd.class);
  private static final int LONGEST = 2_000;

  private final DataSource database;

  /** Ends runs over this pool of connections. */
  public RunEnd(DataSource database) {
    this.database = database;
  }

  /** Marks the run as failed, as stopped by a guard, or as interrupted. */
  public void fail(Run run, Throwable cause) {
    LOG.debug("run {} failed", run.id(), cause);
    if (DatabaseAway.lost(cause)) {
      // What ended one connection ended most likely all: one run has to pay for it, and not the
      // next as well.
      Database.renew(database);
    }
    run.fail(outcome(cause), text(cause));
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
    LOG.warn("{}: {}: {}", run.client().baseId(), run.table(), text(cause));
    fail(run, cause);
  }

  // What no other table of the base, or no other request, would do better with.
  private static boolean endsAll(Throwable cause) {
    return find(cause, RunInterruptedException.class).isPresent()
        || find(cause, AirtableException.Unavailable.class).isPresent()
        || find(cause, AirtableException.RateLimited.class).isPresent()
        || find(cause, AirtableException.QuotaExceeded.class).isPresent()
        || find(cause, AirtableException.Refused.class).filter(e -> e.status() == 401).isPresent()
        || find(cause, IOException.class).isPresent()
        || DatabaseAway.is(cause);
  }

  public void succeed(Run run) {
    run.succeed();
  }

  /** The outcome of a run that could not begin because another one is active. */
  public ClientOutcome busy(Run run) {
    return ClientOutcome.busy(run.client());
  }

  /** What stopped it, in one line, without a secret or a stack trace. */
  public static String text(Throwable cause) {
    Optional<? extends Throwable> known =
        find(cause, AirtableException.class)
            .map(Throwable.class::cast)
            .or(() -> find(cause, RunStoppedException.class))
            .or(() -> find(cause, RunInterruptedException.class))
            .or(() -> find(cause, MisconfiguredException.class))
            .or(() -> find(cause, RunFailedException.class))
            .or(() -> find(cause, UnwrittenException.class));
    if (known.isPresent()) {
      return oneLine(known.get().getMessage());
    }
    // What a transaction was undone for says more than that it could not be undone.
    Optional<Throwable> undoneFor =
        find(cause, TransactionSystemException.class)
            .map(TransactionSystemException::getApplicationException);
    if (undoneFor.isPresent()) {
      return text(undoneFor.get());
    }
    if (isDatabase(cause) && find(cause, SocketTimeoutException.class).isPresent()) {
      return "PostgreSQL did not answer within 60 s: the connection is dead";
    }
    Optional<SQLException> sql = deepest(cause, SQLException.class);
    if (sql.isPresent() || isDatabase(cause)) {
      return (DatabaseAway.lost(cause) ? "the database connection was lost: " : "")
          + "PostgreSQL: "
          + oneLine(sql.map(Throwable.class::cast).orElse(root(cause)).getMessage())
          + RefusedWrite.of(cause).map(RunEnd::advice).orElse("");
    }
    return find(cause, UnusableAnswerException.class)
        .map(e -> "Airtable: " + e.getMessage())
        .or(() -> find(cause, IOException.class).map(RunEnd::network))
        .orElseGet(() -> "unexpected: " + describe(root(cause)));
  }

  /** Whether nothing but another configuration would help. */
  public static boolean isMisconfigured(Throwable cause) {
    return find(cause, MisconfiguredException.class).isPresent();
  }

  private static RunOutcome outcome(Throwable cause) {
    if (find(cause, RunInterruptedException.class).isPresent()) {
      return RunOutcome.INTERRUPTED;
    }
    if (isMisconfigured(cause)) {
      return RunOutcome.MISCONFIGURED;
    }
    boolean guard = find(cause, RunStoppedException.class).isPresent();
    return guard ? RunOutcome.STOPPED : RunOutcome.FAILED;
  }

  private static String advice(RefusedWrite refusal) {
    if (refusal.isReadOnly()) {
      return "; this server takes no writes: it is a standby, or default_transaction_read_only is on";
    }
    if (refusal.isLock()) {
      return "; somebody has locked the whole table or holds a lock for long: the next run goes on";
    }
    return refusal.isAboutTable()
        ? "; the table has changed since the start: run `reconciler check`"
        : "";
  }

  private static String network(IOException cause) {
    String what =
        cause instanceof UnknownHostException
            ? "its host name is not known"
            : cause instanceof ConnectException
                ? "nothing answers there"
                : cause instanceof SocketTimeoutException
                    ? "it did not answer in time"
                    : describe(cause);
    return "Airtable can't be reached: " + what + "; check AIRTABLE_API_URL and the network";
  }

  private static boolean isDatabase(Throwable cause) {
    return find(cause, DataAccessException.class).isPresent()
        || find(cause, TransactionException.class).isPresent();
  }

  private static String describe(Throwable cause) {
    String message = cause.getMessage();
    return cause.getClass().getSimpleName() + (message == null ? "" : ": " + oneLine(message));
  }

  private static String oneLine(@Nullable String text) {
    return Plain.line(text == null ? "" : text.lines().findFirst().orElse("").strip(), LONGEST);
  }

  private static Throwable root(Throwable cause) {
    Throwable root = cause;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root;
  }

  // The pool says only that it has no connection; the driver below it says why.
  private static <T extends Throwable> Optional<T> deepest(Throwable cause, Class<T> type) {
    Optional<T> found = find(cause, type);
    while (found.isPresent() && found.get().getCause() != null) {
      Optional<T> below = find(found.get().getCause(), type);
      if (below.isEmpty()) {
        break;
      }
      found = below;
    }
    return found;
  }

  private static <T extends Throwable> Optional<T> find(Throwable cause, Class<T> type) {
    for (Throwable t = cause; t != null; t = t.getCause() == t ? null : t.getCause()) {
      if (type.isInstance(t)) {
        return Optional.of(type.cast(t));
      }
    }
    return Optional.empty();
  }
}
