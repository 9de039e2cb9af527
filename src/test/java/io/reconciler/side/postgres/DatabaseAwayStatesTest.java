package io.reconciler.side.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
}
