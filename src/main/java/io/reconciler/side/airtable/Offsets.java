package io.reconciler.side.airtable;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The pages of one listing, which come to an end: no page twice, and not too many. */
public final class Offsets {

  /** Pages of a listing: a million records, twice of what a base can hold. */
  public static final int MOST_PAGES = 10_000;

  private static final int LONGEST = 1_000;

  /** Pages one after the other without a new record that are taken for a listing's way. */
  private static final int IDLE_PAGES = 100;

  /** Records that a page of a listing that starts again has at least, on the average. */
  private static final int SHORT_PAGE = 10;

  private final int mostPages;
  private final Set<String> seen = new HashSet<>();
  private long records;
  private long idle;

  /** For a listing of at most so many pages. */
  public Offsets(int mostPages) {
    this.mostPages = mostPages;
  }

  /** Takes the offset that a page with something new ended with. */
  public @Nullable String next(@Nullable String offset) {
    return next(offset, 1);
  }

  /**
   * Takes the offset that a page ended with, null when it was the last one, and how many of its
   * records were new.
   *
   * @throws AirtableException.Unavailable when the listing has no end
   */
  public @Nullable String next(@Nullable String offset, int news) {
    records += news;
    idle = news == 0 ? idle + 1 : 0;
    if (offset == null) {
      return null;
    }
    if (idle > IDLE_PAGES + records / SHORT_PAGE) {
      throw new AirtableException.Unavailable(
          "Airtable's listing does not end: its last " + idle + " pages brought no new record");
    }
    if (offset.length() > LONGEST) {
      throw new AirtableException.Unavailable(
          "Airtable's listing goes on at an offset of " + offset.length() + " characters");
    }
    if (!seen.add(offset)) {
      throw new AirtableException.Unavailable(
          "Airtable's listing goes round in circles: it named the same offset twice");
    }
    if (seen.size() >= mostPages) {
      throw new AirtableException.Unavailable(
          "Airtable's listing does not end: it goes on after " + mostPages + " pages");
    }
    return offset;
  }

  /** The listing starts again. */
  public void startOver() {
    seen.clear();
  }
}
