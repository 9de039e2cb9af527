package io.reconciler.service.notice;

import java.util.Locale;

/** A way to the operators. */
enum Channel {
  WEBHOOK,
  MAIL;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
