package io.reconciler.history;

/**
 * An edit that a person, an automation or the portal made.
 *
 * @param number unique in its history
 * @param marker what it wrote and no other edit writes; empty for one that cleared the cell
 * @param saw the cell's text that whoever made it had before them
 * @param found the cell's text just before, on that side; another one than seen when somebody saved
 *     a page that was kept open
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
    String found,
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

  /**
   * Whether a later edit did away with it, knowingly: whoever made that one had it before them. A
   * text that the portal cleared it may fill again unknowingly: on one side, and no business of
   * ours.
   */
  boolean supersededBy(Edit later) {
    boolean had = shownBy(later.saw) || clears() && isByPortal(later) && shownBy(later.found);
    return later.number > number
        && later.record.equals(record)
        && later.cell == cell
        && had
        && !shownBy(later.wrote);
  }

  private boolean isByPortal(Edit later) {
    return side == Side.PORTAL && later.side == Side.PORTAL;
  }

  @Override
  public String toString() {
    return "#%d %s %s %s: \"%s\" -> \"%s\""
        .formatted(
            number, side, record, cell.label(), saw.replace("\n", "|"), wrote.replace("\n", "|"));
  }
}
