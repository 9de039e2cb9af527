package io.reconciler.service.notice;

import java.util.Locale;

/** How the last run of a client ended. */
enum Condition {
  WELL,
  FAILING,
  STOPPED;

  static Condition of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
