package io.reconciler.side.airtable;

import org.jspecify.annotations.Nullable;

/**
 * Where a listing stands: on its next page, at its end, or on a page that is asked for once more
 * because of what it holds. Used by one thread.
 */
public final class Paging {

  private final Offsets offsets;
  private final PageDoubt doubt;
  private @Nullable String offset;
  private boolean more = true;

  /** Of at most so many pages; every record shows some cell, or may well show none. */
  public Paging(int mostPages, boolean everyRecordHasCells) {
    this.offsets = new Offsets(mostPages);
    this.doubt = new PageDoubt(everyRecordHasCells);
  }

  /** Whether there is a page to ask for. */
  public boolean isMore() {
    return more;
  }

  /** Where that page starts; null for the first. */
  public @Nullable String offset() {
    return offset;
  }

  /** Whether that page was there before, and is asked for once more. */
  public boolean isAgain() {
    return doubt.isAsked();
  }

  /**
   * Goes on after a page of which so many records were new; false when it is to be asked for once
   * more, and nothing is known of what it does not show.
   *
   * @throws AirtableException.Unavailable when the listing has no end
   */
  public boolean take(RecordPage page, int news) {
    if (doubt.asksAgain(page)) {
      return false;
    }
    offset = offsets.next(page.offset(), news);
    more = offset != null;
    return true;
  }

  /** The listing starts again. */
  public void startOver() {
    offset = null;
    more = true;
    offsets.startOver();
  }
}
