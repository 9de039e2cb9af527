package io.reconciler.ledger;

import io.reconciler.run.Run;
import io.reconciler.store.SqlFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How long the engine keeps what is settled, and how a record is forgotten before. */
public final class Retention {

  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
  private static final String REMOVE = SqlFile.read("remove-old");
  private static final String FORGET = SqlFile.read("forget-record");

  private final JdbcClient jdbc;
  private final int days;

  /** In this database, for so many days. */
  public Retention(JdbcClient jdbc, int days) {
    this.jdbc = jdbc;
    this.days = days;
  }

  /** Removes what is old, after a run; that it could not is no failure of the run. */
  public void removeOld(Run run) {
    try {
      jdbc.sql(REMOVE)
          .param("days", days)
          .param("full", run.request().full())
          .param("run", run.id())
          .update();
    } catch (DataAccessException e) {
      LOG.warn("what is older than {} days could not be removed: {}", days, e.getMessage());
    }
  }

  /** Removes a record from all of the engine's tables; its lead stays. */
  public Forgotten forget(String recordId) {
    return jdbc.sql(FORGET).param("id", recordId).query(Forgotten.class).single();
  }

  /**
   * What was removed.
   *
   * @param runs those whose texts named the record
   * @param hasLead whether the record's lead is there
   */
  public record Forgotten(
      long conflicts,
      long deadLetters,
      long agreedValues,
      long notices,
      long runs,
      boolean hasLead) {}
}
