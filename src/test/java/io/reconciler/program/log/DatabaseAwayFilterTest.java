package io.reconciler.program.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

class DatabaseAwayFilterTest {

  private static final SQLException REFUSED = new SQLException("Connection refused.", "08001");
  private static final Exception AWAY =
      new IllegalStateException(
          "no connection: none to be had",
          new SQLTransientConnectionException("none to be had", REFUSED));

  private final LoggerContext context = new LoggerContext();
  private final Logger library = context.getLogger("org.quartz.Store");
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

  @BeforeEach
  void listen() {
    DatabaseAwayFilter filter = new DatabaseAwayFilter();
    filter.start();
    context.addTurboFilter(filter);
    logged.setContext(context);
    logged.start();
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(logged);
  }

  private List<String> lines() {
    return logged.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Test
  void a_library_that_finds_no_database_says_so_in_a_line() {
    library.error("Error managing cluster: " + AWAY.getMessage(), AWAY);
    library.error("An error occurred while scanning.", AWAY);
    library.warn("{} of {}", 1, 2, AWAY);

    assertThat(lines())
        .containsExactly(
            "Error managing cluster: PostgreSQL: Connection refused.",
            "An error occurred while scanning: PostgreSQL: Connection refused.",
            "1 of 2: PostgreSQL: Connection refused.");
    assertThat(logged.list).allMatch(event -> event.getThrowableProxy() == null);
    assertThat(logged.list)
        .extracting(ILoggingEvent::getLevel)
        .containsExactly(Level.ERROR, Level.ERROR, Level.WARN);
  }

  @Test
  void a_session_that_the_server_ended_is_told_in_a_line_too() {
    library.error("Lost.", new SQLException("terminating connection", "57P01"));

    assertThat(lines())
        .containsExactly(
            "Lost: the database connection was lost: PostgreSQL: terminating connection");
  }

  @Test
  void so_is_a_server_that_does_not_let_us_in_any_more() {
    library.error("Lost.", new SQLException("password authentication failed", "28P01"));

    assertThat(lines()).containsExactly("Lost: PostgreSQL: password authentication failed");
  }

  @Test
  void so_is_a_connection_that_the_pool_has_closed_under_quartz() {
    SQLException closed = new SQLException("Connection is closed");
    library.error("Couldn't rollback jdbc connection. Connection is closed", closed);
    library.warn("Failed restore connection's original auto commit setting.", closed);

    assertThat(lines())
        .containsExactly(
            "Couldn't rollback jdbc connection: the database connection was lost: PostgreSQL:"
                + " Connection is closed",
            "Failed restore connection's original auto commit setting: the database connection was"
                + " lost: PostgreSQL: Connection is closed");
    assertThat(logged.list).allMatch(event -> event.getThrowableProxy() == null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"55P03", "57014", "40001", "40P01", "42703", "42P01", "42883", "42501"})
  void
      what_was_ended_for_others_sake_or_finds_another_table_is_told_in_a_line_without_the_statement(
          String state) {
    PSQLException ended =
        new PSQLException(new ServerErrorMessage("SERROR\0C" + state + "\0Mended\0\0"));
    library.error(
        "Servlet.service() for servlet [dispatcherServlet] in context with path [] threw exception"
            + " [Request processing failed: E: PreparedStatementCallback; SQL [select 1\nfrom a[1]];"
            + " ERROR: ended] with root cause",
        ended);
    library.error("PreparedStatementCallback; SQL [select 1]; ERROR: ended", ended);

    assertThat(lines()).hasSize(2).allMatch(line -> !line.contains("select"));
    assertThat(lines().get(0))
        .startsWith(
            "Servlet.service() for servlet [dispatcherServlet] in context with path [] threw"
                + " exception: PostgreSQL: ERROR: ended");
    assertThat(logged.list).allMatch(event -> event.getThrowableProxy() == null);
  }

  @Test
  void what_else_goes_wrong_keeps_its_stack() {
    library.error("Broken.", new SQLException("syntax error", "42601"));
    library.error("Odd.", new IllegalStateException());

    assertThat(lines()).containsExactly("Broken.", "Odd.");
    assertThat(logged.list).allMatch(event -> event.getThrowableProxy() != null);
  }

  @Test
  void whoever_asked_for_details_gets_the_stack() {
    context.getLogger("io.reconciler").setLevel(Level.DEBUG);
    library.error("An error occurred.", AWAY);

    assertThat(lines()).containsExactly("An error occurred.");
    assertThat(logged.list).allMatch(event -> event.getThrowableProxy() != null);
  }

  @Test
  void what_is_not_logged_stays_so() {
    library.info("Trying.", AWAY);

    assertThat(lines()).isEmpty();
  }
}
