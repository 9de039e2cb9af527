package io.reconciler.history;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One thing that happens in a history of several tables.
 *
 * @param record which record of the cell's table, counted from 0 in the order of their creation
 * @param cell which field
 * @param amount how much, or which; for a link which record of its target
 */
record TableStep(Kind kind, int record, TableCell cell, int amount) {

  /** What can happen. */
  enum Kind {
    /** Somebody creates a record in Airtable. */
    CREATE,
    /** Somebody sets a cell in Airtable. */
    A_SET,
    /** Somebody clears a cell in Airtable. */
    A_CLEAR,
    /** Somebody deletes a record in Airtable. */
    A_DELETE,
    /** Somebody restores a deleted record. */
    A_RESTORE,
    /** The portal sets a cell. */
    P_SET,
    /** The portal clears a cell. */
    P_CLEAR,
    /** Seconds pass. */
    WAIT,
    /** Requests go wrong; which way: an index of {@link InjectedFault}. */
    FAULT,
    /** Airtable is well again. */
    CALM,
    /** The next run dies at that node. */
    CRASH,
    /** The schedule starts a run with a window of so many minutes. */
    SCHEDULED,
    /** Somebody starts a run of the last so many minutes. */
    MANUAL,
    /** Somebody starts a full sweep. */
    FULL
  }

  static TableStep of(Kind kind, int amount) {
    return new TableStep(kind, 0, TableCell.FIRST_NAME, amount);
  }

  /** Reads a line as {@link #toString} writes it. */
  static TableStep parse(String line) {
    String[] words = line.strip().split("\\s+");
    return new TableStep(
        Kind.valueOf(words[0].toUpperCase(Locale.ROOT).replace('-', '_')),
        Integer.parseInt(word(words, "record=", "0")),
        TableCell.of(word(words, "cell=", TableCell.FIRST_NAME.column())),
        Integer.parseInt(word(words, "amount=", "0")));
  }

  private static String word(String[] words, String key, String usual) {
    return Stream.of(words)
        .filter(word -> word.startsWith(key))
        .map(word -> word.substring(key.length()))
        .findFirst()
        .orElse(usual);
  }

  @Override
  public String toString() {
    return Stream.of(
            kind.name().toLowerCase(Locale.ROOT).replace('_', '-'),
            "record=" + record,
            "cell=" + cell.column(),
            "amount=" + amount)
        .filter(word -> !word.endsWith("=0") && !word.equals("cell=first_name"))
        .collect(Collectors.joining(" "));
  }
}
