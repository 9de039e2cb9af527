package io.reconciler.side.postgres;

import java.sql.SQLException;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementCreator;
import org.springframework.jdbc.core.PreparedStatementSetter;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The statements of requests: each is a transaction of its own, which does not wait for a lock as
 * long as a run may. Whoever asked waits for the answer, and so does a connection of the pool.
 */
public final class BriefWaits extends JdbcTemplate {

  private static final String LIMIT = SqlFile.read("limit-request-wait");

  private final TransactionTemplate transactions;

  private BriefWaits(DataSource database) {
    super(database);
    this.transactions = new TransactionTemplate(new DataSourceTransactionManager(database));
  }

  /** Statements on this pool. */
  public static JdbcClient on(DataSource database) {
    return JdbcClient.create(new BriefWaits(database));
  }

  // A client makes each of its queries by this one, and each of its updates by the next.
  @Override
  public <T extends @Nullable Object> T query(
      PreparedStatementCreator statement,
      @Nullable PreparedStatementSetter parameters,
      ResultSetExtractor<T> rows) {
    return briefly(() -> super.query(statement, parameters, rows));
  }

  @Override
  protected int update(
      PreparedStatementCreator statement, @Nullable PreparedStatementSetter parameters) {
    return briefly(() -> super.update(statement, parameters));
  }

  // Who uses it is told by the exceptions of statements: it has no transactions.
  private <T extends @Nullable Object> T briefly(Supplier<T> work) {
    try {
      return transactions.execute(
          status -> {
            execute(LIMIT);
            return work.get();
          });
    } catch (CannotCreateTransactionException e) {
      throw e.getCause() instanceof SQLException sql
          ? new CannotGetJdbcConnectionException("no connection", sql)
          : e;
    } catch (TransactionSystemException e) {
      throw failure(e);
    }
  }

  private static RuntimeException failure(TransactionSystemException e) {
    if (e.getApplicationException() instanceof DataAccessException undoneFor) {
      return undoneFor;
    }
    return e.getCause() instanceof SQLException sql
        ? new UncategorizedSQLException("end of the transaction", null, sql)
        : e;
  }
}
