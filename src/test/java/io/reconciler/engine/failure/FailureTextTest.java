package io.reconciler.engine.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.TransactionSystemException;

/** The text of a run that PostgreSQL ended. */
class FailureTextTest {

  private static final String LOST = "the database connection was lost: PostgreSQL: ";

  @ParameterizedTest
  @CsvSource({
    "57P01, FATAL: terminating connection due to administrator command",
    "57P02, FATAL: terminating connection because of crash of another server process",
    "57P05, FATAL: terminating connection due to idle-session timeout",
    "08006, An I/O error occurred while sending to the backend.",
    "08003, This connection has been closed."
  })
  void a_connection_that_ends_under_a_statement_is_called_lost(String state, String message) {
    assertThat(FailureText.of(failure(state, message))).isEqualTo(LOST + message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"08001", "53300", "57P03", "42501"})
  void a_connection_that_never_stood_or_still_stands_is_not(String state) {
    assertThat(FailureText.of(failure(state, "no"))).isEqualTo("PostgreSQL: no");
  }

  @Test
  void a_transaction_that_could_not_be_undone_is_told_of_by_what_it_was_to_be_undone_for() {
    TransactionSystemException undone =
        new TransactionSystemException(
            "Could not roll back", new SQLException("Connection is closed"));
    undone.initApplicationException(
        failure("0A000", "ERROR: cached plan must not change result type"));

    assertThat(FailureText.of(undone))
        .isEqualTo("PostgreSQL: ERROR: cached plan must not change result type");
  }

  @Test
  void a_server_that_is_silent_is_told_of_in_words() {
    assertThat(FailureText.of(new RuntimeException(new SocketTimeoutException("Read timed out"))))
        .startsWith("Airtable can't be reached: it did not answer in time; check");
  }

  @Test
  void a_server_that_was_not_reached_is_told_of_with_the_reason() {
    String attempt = "The connection attempt failed.";

    assertThat(FailureText.of(unreached(attempt, new UnknownHostException("db.example.invalid"))))
        .isEqualTo(
            "PostgreSQL: The connection attempt failed: the host name db.example.invalid is not"
                + " known");
    assertThat(FailureText.of(unreached(attempt, new SocketTimeoutException("Connect timed out"))))
        .isEqualTo("PostgreSQL: The connection attempt failed: no answer in time");
    assertThat(FailureText.of(unreached(attempt, new NoRouteToHostException("No route to host"))))
        .isEqualTo("PostgreSQL: The connection attempt failed: No route to host");
    assertThat(FailureText.of(unreached("refused", new ConnectException("Connection refused"))))
        .isEqualTo("PostgreSQL: refused");
  }

  private static Throwable unreached(String message, IOException reason) {
    return new IllegalStateException(
        new SQLTransientConnectionException("pool", new SQLException(message, "08001", reason)));
  }

  private static Throwable failure(String state, String message) {
    return new DataAccessResourceFailureException(
        "statement", new SQLTransientConnectionException("pool", new SQLException(message, state)));
  }
}
