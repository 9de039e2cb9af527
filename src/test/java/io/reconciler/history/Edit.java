package io.reconciler.history;

/**
 * An edit that a person, an automation or the portal made.
 *
 * @param number unique in its history
 * @param marker what it wrote and no other edit writes; empty for one that cleared the cell
 * @param saw the cell's text just before, on that side
 * @param wrote the cell's text just after, on that side
 * @param inactive whether it was made on a lead that was marked inactive already
 * @param takesBack whether it put back what both sides had agreed on, or emptied what they never
 *     agreed on: nothing to carry over
 */
record Edit(
    int number,
    Side side,
    String record,
    Cell cell,
    String marker,
    String saw,
    String wrote,
    boolean inactive,
    boolean takesBack) {

  /** Where it was made. */
  enum Side {
    AIRTABLE,
    PORTAL
  }

  boolean clears() {
    return marker.isEmpty();
  }

  /** Whether a text shows this edit. */
  boolean shownBy(String text) {
    return clears() ? text.isEmpty() : text.contains(marker);
  }

  /** Whether a later edit did away with it, knowingly: whoever made that one had it before them. */
  boolean supersededBy(Edit later) {
    return later.number > number
        && later.record.equals(record)
        && later.cell == cell
        && shownBy(later.saw)
        && !shownBy(later.wrote);
  }

  @Override
  public String toString() {
    return "#%d %s %s %s: \"%s\" -> \"%s\""
        .formatted(
            number, side, record, cell.label(), saw.replace("\n", "|"), wrote.replace("\n", "|"));
  }
}
