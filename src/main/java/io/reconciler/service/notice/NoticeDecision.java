package io.reconciler.service.notice;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What there is to tell about a client, and what will then be known. Pure.
 *
 * @param kinds what to tell now, in this order
 * @param told the state after that
 */
record NoticeDecision(List<Kind> kinds, LastNotice told) {

  /** Dead letters that keep coming are told of once in this time. */
  static final Duration PAUSE = Duration.ofHours(1);

  /** Compares what is known with what is. */
  static NoticeDecision of(LastNotice told, ClientCondition present) {
    List<Kind> kinds = new ArrayList<>();
    Condition condition = present.condition() == null ? told.condition() : present.condition();
    if (condition != told.condition()) {
      kinds.add(kind(condition));
    }
    boolean letters = hasNewDeadLetters(told, present) && pauseIsOver(told, present);
    if (letters) {
      kinds.add(Kind.DEAD_LETTERS);
    }
    return new NoticeDecision(
        List.copyOf(kinds), letters ? all(present, condition) : same(told, present, condition));
  }

  private static Kind kind(Condition condition) {
    return switch (condition) {
      case WELL -> Kind.RECOVERED;
      case FAILING -> Kind.FAILING;
      case STOPPED -> Kind.STOPPED;
    };
  }

  private static boolean hasNewDeadLetters(LastNotice told, ClientCondition present) {
    return present.deadLetters() > told.deadLetters() || isAfter(present.newest(), told.newest());
  }

  private static boolean isAfter(@Nullable Instant newest, @Nullable Instant known) {
    return newest != null && (known == null || newest.isAfter(known));
  }

  private static boolean pauseIsOver(LastNotice told, ClientCondition present) {
    Instant last = told.deadLettersToldAt();
    return last == null || !present.at().isBefore(last.plus(PAUSE));
  }

  private static LastNotice all(ClientCondition present, Condition condition) {
    return new LastNotice(
        present.client(), condition, present.deadLetters(), present.newest(), present.at());
  }

  private static LastNotice same(LastNotice told, ClientCondition present, Condition condition) {
    return new LastNotice(
        told.client(),
        condition,
        Math.min(told.deadLetters(), present.deadLetters()),
        told.newest(),
        told.deadLettersToldAt());
  }
}
