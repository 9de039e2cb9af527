package io.reconciler.service.page;

/** What a button came to, shown on the next page. */
record Flash(Tone tone, String text) {

  static final String NAME = "flash";
}
