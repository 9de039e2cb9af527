package io.reconciler.service.notice;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoticeDecisionTest {

  private static final UUID CLIENT = UUID.randomUUID();
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final LastNotice NOTHING = new LastNotice(CLIENT, Condition.WELL, 0, null, null);

  @ParameterizedTest
  @CsvSource({
    "WELL, WELL, ",
    "WELL, FAILING, FAILING",
    "WELL, STOPPED, STOPPED",
    "FAILING, FAILING, ",
    "FAILING, STOPPED, STOPPED",
    "FAILING, WELL, RECOVERED",
    "STOPPED, STOPPED, ",
    "STOPPED, FAILING, FAILING",
    "STOPPED, WELL, RECOVERED",
    "FAILING, , ",
  })
  void only_a_change_is_told(Condition told, @Nullable Condition now, @Nullable Kind notice) {
    NoticeDecision decision =
        NoticeDecision.of(new LastNotice(CLIENT, told, 0, null, null), present(now, NOW, 0, null));

    assertThat(decision.kinds())
        .isEqualTo(notice == null ? java.util.List.of() : java.util.List.of(notice));
    assertThat(decision.told().condition()).isEqualTo(now == null ? told : now);
  }

  @Test
  void dead_letters_that_keep_coming_are_told_of_once_an_hour() {
    NoticeDecision first = NoticeDecision.of(NOTHING, present(null, NOW, 2, NOW));
    Instant later = NOW.plus(Duration.ofMinutes(59));
    NoticeDecision second = NoticeDecision.of(first.told(), present(null, later, 3, later));
    Instant hour = NOW.plus(Duration.ofHours(1));
    NoticeDecision third = NoticeDecision.of(second.told(), present(null, hour, 3, later));
    Instant day = NOW.plus(Duration.ofDays(1));
    NoticeDecision fourth = NoticeDecision.of(third.told(), present(null, day, 3, later));

    assertThat(first.kinds()).containsExactly(Kind.DEAD_LETTERS);
    assertThat(second.kinds()).isEmpty();
    assertThat(third.kinds()).containsExactly(Kind.DEAD_LETTERS);
    assertThat(fourth.kinds()).isEmpty();
  }

  @Test
  void one_that_opens_again_is_new_although_it_is_old() {
    LastNotice told = new LastNotice(CLIENT, Condition.WELL, 1, NOW, NOW);
    Instant day = NOW.plus(Duration.ofDays(1));

    NoticeDecision settled = NoticeDecision.of(told, present(null, day, 0, null));
    NoticeDecision again =
        NoticeDecision.of(settled.told(), present(null, day, 1, NOW.minusSeconds(5)));

    assertThat(settled.kinds()).isEmpty();
    assertThat(again.kinds()).containsExactly(Kind.DEAD_LETTERS);
  }

  private static ClientCondition present(
      @Nullable Condition condition, Instant at, long letters, @Nullable Instant newest) {
    return new ClientCondition(
        CLIENT, "Acme", "appA", at, condition, null, null, letters, newest, null);
  }
}
