package io.reconciler.engine.failure;

import io.reconciler.side.airtable.AirtableException;
import io.reconciler.side.airtable.UnusableAnswerException;
import io.reconciler.side.postgres.DatabaseAway;
import io.reconciler.side.postgres.DatabaseReason;
import io.reconciler.side.postgres.RefusedWrite;
import io.reconciler.text.Plain;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Optional;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionSystemException;

/** A failure as an operator can act on it. */
public final class FailureText {

  private static final int LONGEST = 2_000;

  private FailureText() {}

  /** What stopped it, in one line, without a secret or a stack trace. */
  public static String of(Throwable cause) {
    Optional<? extends Throwable> known =
        Causes.find(cause, AirtableException.class)
            .map(Throwable.class::cast)
            .or(() -> Causes.find(cause, RunStoppedException.class))
            .or(() -> Causes.find(cause, RunInterruptedException.class))
            .or(() -> Causes.find(cause, MisconfiguredException.class))
            .or(() -> Causes.find(cause, RunFailedException.class))
            .or(() -> Causes.find(cause, UnwrittenException.class));
    if (known.isPresent()) {
      return Plain.firstLine(known.get().getMessage(), LONGEST);
    }
    // What a transaction was undone for says more than that it could not be undone.
    Optional<Throwable> undoneFor =
        Causes.find(cause, TransactionSystemException.class)
            .map(TransactionSystemException::getApplicationException);
    if (undoneFor.isPresent()) {
      return of(undoneFor.get());
    }
    if (isDatabase(cause) && Causes.find(cause, SocketTimeoutException.class).isPresent()) {
      return "PostgreSQL did not answer within 60 s: the connection is dead";
    }
    if (Causes.find(cause, SQLException.class).isPresent() || isDatabase(cause)) {
      return (DatabaseAway.lost(cause) ? "the database connection was lost: " : "")
          + DatabaseReason.of(cause)
          + RefusedWrite.of(cause).map(FailureText::advice).orElse("");
    }
    return Causes.find(cause, UnusableAnswerException.class)
        .map(e -> "Airtable: " + e.getMessage())
        .or(() -> Causes.find(cause, IOException.class).map(FailureText::network))
        .orElseGet(
            () -> "unexpected: " + describe(NestedExceptionUtils.getMostSpecificCause(cause)));
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
    return Causes.find(cause, DataAccessException.class).isPresent()
        || Causes.find(cause, TransactionException.class).isPresent();
  }

  private static String describe(Throwable cause) {
    String message = cause.getMessage();
    return cause.getClass().getSimpleName()
        + (message == null ? "" : ": " + Plain.firstLine(message, LONGEST));
  }
}
