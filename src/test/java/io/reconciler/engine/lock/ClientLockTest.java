package io.reconciler.engine.lock;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.reconciler.world.TestDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** The lease of a client's lock, from the first moment of it. */
class ClientLockTest {

  private static final Duration LEASE = Duration.ofSeconds(1);

  /** The one who moves is not to lose it on a busy machine. */
  private static final Duration LONG_LEASE = Duration.ofMinutes(1);

  private static final UUID CLIENT = UUID.randomUUID();

  private HikariDataSource still;
  private HikariDataSource moving;

  @BeforeEach
  void open() {
    String url = TestDatabase.url();
    still = TestDatabase.pool(url);
    moving = TestDatabase.pool(url);
  }

  @AfterEach
  void close() {
    still.close();
    moving.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void another_process_gets_the_lock_of_one_that_stands_still_while_it_takes_it(int statement) {
    DataSource frozen = standingStillAfter(statement);
    assertThatThrownBy(() -> ClientLock.take(frozen, CLIENT, LEASE, Clock.systemUTC()))
        .isInstanceOf(StoodStill.class);

    await().until(this::canBeTaken);
  }

  private boolean canBeTaken() throws SQLException {
    try (ClientLock lock = ClientLock.take(moving, CLIENT, LONG_LEASE, Clock.systemUTC())) {
      if (lock != null) {
        lock.ensureHeld();
      }
      return lock != null;
    }
  }

  /** Its connections stay open, and nothing is done on them any more after so many statements. */
  private DataSource standingStillAfter(int statements) {
    AtomicInteger left = new AtomicInteger(statements);
    return new AbstractDataSource() {
      @Override
      public Connection getConnection() throws SQLException {
        return frozen(Connection.class, still.getConnection(), left);
      }

      @Override
      public Connection getConnection(String user, String password) {
        throw new UnsupportedOperationException();
      }
    };
  }

  private static <T> T frozen(Class<T> type, T real, AtomicInteger left) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (left.get() == 0) {
                throw new StoodStill();
              }
              try {
                Object answer = method.invoke(real, arguments);
                if (method.getName().startsWith("execute") && left.decrementAndGet() == 0) {
                  throw new StoodStill();
                }
                return answer instanceof PreparedStatement prepared
                    ? frozen(PreparedStatement.class, prepared, left)
                    : answer;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  /** Whoever stands still answers nothing; here the thread has to come back somehow. */
  private static final class StoodStill extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
