package io.reconciler.service.page;

/** What a button came to, told on the next page. */
record Told(Tone tone, String text) {

  static final String NAME = "told";
}
