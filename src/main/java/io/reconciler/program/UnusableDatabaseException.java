package io.reconciler.program;

import io.reconciler.program.boot.Databases;
import io.reconciler.settings.DatabaseUrl;

/**
 * PostgreSQL can't be used: it is not there, does not let us in, or a right is missing. Says where
 * it was looked for, why and what to look at, in one line without a secret.
 */
public final class UnusableDatabaseException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnusableDatabaseException(DatabaseUrl url, Throwable cause) {
    super(Databases.sentence(cause) + " (" + url + ")", cause);
  }
}
