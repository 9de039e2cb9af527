package io.reconciler.side.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.transaction.TransactionSystemException;

class DatabaseAwayStatesTest {

  @ParameterizedTest
  @CsvSource({
    // state, worth waiting for, lost, shut
    "08001, true, false, true",
    "08006, true, true, true",
    "53300, true, false, true",
    "57P03, true, false, true",
    "57P01, true, true, true",
    "08004, false, false, false",
    "28P01, false, false, true",
    "28000, false, false, true",
    "3D000, false, false, true",
    "42601, false, false, false",
  })
  void a_state_tells_what_to_do(String state, boolean away, boolean lost, boolean shut) {
    SQLException failure = new SQLException("no", state);

    assertThat(DatabaseAway.is(failure)).isEqualTo(away);
    assertThat(DatabaseAway.lost(failure)).isEqualTo(lost);
    assertThat(DatabaseAway.isShut(failure)).isEqualTo(shut);
  }

  @Test
  void a_connection_that_the_pool_closed_as_broken_is_lost_whatever_could_not_be_undone() {
    SQLException closed = new SQLException("Connection is closed");
    TransactionSystemException undone = new TransactionSystemException("rollback", closed);

    assertThat(DatabaseAway.lost(closed)).isTrue();
    assertThat(DatabaseAway.is(closed)).isTrue();
    assertThat(DatabaseAway.isShut(undone)).isTrue();
    assertThat(DatabaseAway.lost(new SQLException("no"))).isFalse();

    undone.initApplicationException(new IllegalStateException(new SQLException("no", "42601")));
    assertThat(DatabaseAway.isShut(undone)).isFalse();
  }
}
