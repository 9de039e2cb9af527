package io.reconciler.service.notice;

import java.util.Locale;

/** What a notice is about. */
enum Kind {
  FAILING,
  STOPPED,
  RECOVERED,
  DEAD_LETTERS,
  QUOTA;

  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
