package io.reconciler.history;

/**
 * An edit of a cell that was made.
 *
 * @param number in the order of all edits
 * @param before what the side that it was made on held until then
 * @param value empty for a clear
 * @param takesBack whether it emptied what both sides hold to be empty: nothing to carry over
 */
record TableEdit(
    int number,
    boolean byPortal,
    String record,
    TableCell cell,
    String before,
    String value,
    boolean takesBack) {

  boolean of(String otherRecord, TableCell otherCell) {
    return record.equals(otherRecord) && cell == otherCell;
  }

  @Override
  public String toString() {
    return "edit %d %s %s of %s: %s -> %s"
        .formatted(number, byPortal ? "P" : "A", cell.column(), record, before, value);
  }
}
