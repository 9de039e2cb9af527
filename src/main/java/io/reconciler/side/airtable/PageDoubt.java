package io.reconciler.side.airtable;

/**
 * Which pages of a listing are asked for once more before they are believed: those with an entry
 * that is no record, and those with a record that shows no cell at all although every record shows
 * when it was modified. What one answer got wrong, the next may get right; what stays is believed
 * for the rest of the listing. Used by one thread.
 */
final class PageDoubt {

  private final boolean everyRecordHasCells;
  private boolean asked;
  private boolean knowsUnreadable;
  private boolean knowsEmpty;

  /** Of a listing in which no record is without any cell, or may well be. */
  PageDoubt(boolean everyRecordHasCells) {
    this.everyRecordHasCells = everyRecordHasCells;
  }

  /** Whether the request for the page before was to be sent again. */
  boolean isAsked() {
    return asked;
  }

  /** Whether the request for this page is to be sent again, now. */
  boolean asksAgain(RecordPage page) {
    boolean unreadable = !page.unreadable().isEmpty();
    boolean empty =
        everyRecordHasCells && page.records().stream().anyMatch(r -> r.fields().isEmpty());
    boolean again = !asked && ((unreadable && !knowsUnreadable) || (empty && !knowsEmpty));
    if (asked) {
      knowsUnreadable |= unreadable;
      knowsEmpty |= empty;
    }
    asked = again;
    return again;
  }
}
