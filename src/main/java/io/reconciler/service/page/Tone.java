package io.reconciler.service.page;

import java.util.Locale;

/** What a colour means; never alone, a word stands beside it. */
enum Tone {
  /** Nothing special. */
  CALM,
  /** It goes on now. */
  LIVE,
  /** Somebody should have a look. */
  WARN,
  /** It is broken. */
  BAD,
  /** It was just put right. */
  GOOD;

  /** Its class in the style sheet. */
  public String css() {
    return name().toLowerCase(Locale.ROOT);
  }
}
