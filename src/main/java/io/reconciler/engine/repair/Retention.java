package io.reconciler.engine.repair;

import io.reconciler.engine.failure.FailureText;
import io.reconciler.engine.run.Run;
import io.reconciler.side.mapping.MappingSet;
import io.reconciler.side.postgres.MappedRows;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How long the engine keeps what is settled, and how a record is forgotten before. */
public final class Retention {

  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

  private final JdbcClient jdbc;
  private final MappingSet mappings;
  private final int days;

  /** In this database with these tables, for so many days. */
  public Retention(JdbcClient jdbc, MappingSet mappings, int days) {
    this.jdbc = jdbc;
    this.mappings = mappings;
    this.days = days;
  }

  /** Removes what is old, after a run; that it could not is no failure of the run. */
  public void removeOld(Run run) {
    try {
      jdbc.sql(MappedRows.read("remove-old", mappings))
          .param("days", days)
          .param("tables", MappedRows.tables(mappings))
          .param("full", run.request().full())
          .param("run", run.id())
          .update();
    } catch (DataAccessException e) {
      LOG.warn("what is older than {} days could not be removed: {}", days, FailureText.of(e));
    }
  }

  /** Removes a record from all of the engine's tables; its lead stays. */
  public Forgotten forget(String recordId) {
    return jdbc.sql(MappedRows.read("forget-record", mappings))
        .param("id", recordId)
        .query(Forgotten.class)
        .single();
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
