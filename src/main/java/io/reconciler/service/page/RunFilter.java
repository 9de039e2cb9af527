package io.reconciler.service.page;

import org.jspecify.annotations.Nullable;

/** Which runs are meant; what is null says nothing about them. */
record RunFilter(
    @Nullable String client,
    @Nullable String table,
    @Nullable String trigger,
    @Nullable String outcome,
    @Nullable String requester) {

  /** Reads a form, where what is blank was not chosen. */
  static RunFilter of(
      @Nullable String client,
      @Nullable String table,
      @Nullable String trigger,
      @Nullable String outcome,
      @Nullable String requester) {
    return new RunFilter(
        chosen(client), chosen(table), chosen(trigger), chosen(outcome), chosen(requester));
  }

  static final RunFilter NONE = new RunFilter(null, null, null, null, null);

  /** Whether something was chosen. */
  public boolean isChosen() {
    return !equals(NONE);
  }

  static @Nullable String chosen(@Nullable String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }
}
