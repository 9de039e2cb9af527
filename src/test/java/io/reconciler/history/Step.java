package io.reconciler.history;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One thing that happens in a history.
 *
 * @param record which record, counted from 0 in the order of their creation
 * @param cell which field
 * @param amount how much, or which; what it counts depends on the kind
 * @param place in place of the amount the name of a node, as of a {@link Moment}; empty as a rule
 */
record Step(Kind kind, int record, Cell cell, int amount, String place) {

  Step(Kind kind, int record, Cell cell, int amount) {
    this(kind, record, cell, amount, "");
  }

  /** What can happen. */
  enum Kind {
    /** Somebody creates a record in Airtable. */
    CREATE,
    /** The portal has a lead of a record already, with a note, before the engine ever saw it. */
    ADOPT,
    /** Somebody sets a cell in Airtable; for notes: appends a line. */
    A_SET,
    /** Somebody clears a cell in Airtable. */
    A_CLEAR,
    /** Somebody enters a value in Airtable that can't be converted. */
    A_BAD,
    /** Somebody enters a value in Airtable that a constraint of the portal's table refuses. */
    A_REFUSED,
    /**
     * Somebody gives a record in Airtable the claim again that it had before its last edit there.
     */
    A_BACK,
    /** Somebody rewrites the notes in Airtable. */
    A_REWRITE,
    /** Somebody ticks or clears the box SMS Stop in Airtable. */
    A_STOP,
    /**
     * Somebody sets a cell in Airtable while the next PATCH waits; what it waits for: a {@link
     * Delay}.
     */
    A_MEANWHILE,
    /** Somebody deletes a record in Airtable. */
    A_DELETE,
    /** Somebody restores a deleted record. */
    A_RESTORE,
    /** Somebody renames a field in Airtable, or gives it its old name again. */
    A_RENAME,
    /** The portal sets claim or notes; notes: appends a line. */
    P_SET,
    /** The portal clears claim or notes. */
    P_CLEAR,
    /** The portal gives a lead the claim again that it had before its last edit there. */
    P_BACK,
    /** The portal rewrites the notes. */
    P_REWRITE,
    /** Somebody opens a lead in the portal and keeps the page with its notes. */
    P_READ,
    /** Whoever has that page open saves it, with a line more. */
    P_STALE,
    /** The portal sets a value whose transaction took so many seconds to commit. */
    P_LATE,
    /** A script sets a value and forgets {@code updated_at}. */
    P_QUIET,
    /** The portal writes a note that Airtable will refuse. */
    P_POISON,
    /** The portal claims a lead at a time that no cell can hold. */
    P_BROKEN,
    /** Seconds pass. */
    WAIT,
    /** Airtable's clock is set to so many seconds ahead of the world's. */
    A_CLOCK,
    /** The engine's clock is set to so many seconds ahead of the world's. */
    E_CLOCK,
    /** Requests go wrong; which way: an {@link InjectedFault}. */
    FAULT,
    /** Airtable is well again. */
    CALM,
    /** The next edit happens in the middle of the next run, at that node. */
    DURING,
    /** The next run dies at that node. */
    CRASH,
    /** The same, if it comes to it: at its place for as many times and once more. */
    MAY_CRASH,
    /** The same, but it is PostgreSQL that ends all connections at that node. */
    CUT,
    /** Somebody backs the engine's tables up. */
    BACKUP,
    /** Somebody restores the last backup. */
    RESTORE,
    /** The schedule starts a run with a window of so many minutes. */
    SCHEDULED,
    /** Somebody starts a run of the last so many minutes. */
    MANUAL,
    /** Somebody starts a full sweep. */
    FULL;

    boolean run() {
      return this == SCHEDULED || this == MANUAL || this == FULL;
    }

    /** The names of the ways it can happen, by the step's amount; none where it is a number. */
    List<String> ways() {
      return switch (this) {
        case FAULT -> Arrays.stream(InjectedFault.values()).map(Enum::name).toList();
        case A_MEANWHILE -> Arrays.stream(Delay.values()).map(Enum::name).toList();
        default -> List.of();
      };
    }

    boolean edit() {
      return name().startsWith("P_") || List.of(A_SET, A_CLEAR, A_BACK).contains(this);
    }
  }

  static Step of(Kind kind) {
    return new Step(kind, 0, Cell.COMPANY, 0);
  }

  static Step of(Kind kind, int amount) {
    return new Step(kind, 0, Cell.COMPANY, amount);
  }

  static Step of(Kind kind, int record, Cell cell) {
    return new Step(kind, record, cell, 0);
  }

  static Step at(Kind kind, String place, int times) {
    return new Step(kind, 0, Cell.COMPANY, times, place);
  }

  /** Reads a line as {@link #toString} writes it. */
  static Step parse(String line) {
    String[] words = line.strip().split("\\s+");
    Kind kind = Kind.valueOf(constant(words[0]));
    return new Step(
        kind,
        number(words, "record="),
        Cell.valueOf(
            Arrays.stream(words)
                .filter(word -> word.startsWith("cell="))
                .map(word -> word.substring(5).toUpperCase(Locale.ROOT))
                .findFirst()
                .orElse("COMPANY")),
        Arrays.stream(words)
            .skip(1)
            .filter(word -> !word.contains("=") && !isPlace(word))
            .map(word -> kind.ways().indexOf(constant(word)))
            .findFirst()
            .orElseGet(() -> number(words, "amount=")),
        Arrays.stream(words).filter(Step::isPlace).findFirst().orElse(""));
  }

  private static boolean isPlace(String word) {
    return word.contains("/");
  }

  /** When in the next run it happens. */
  Moment moment() {
    return new Moment(amount, place);
  }

  private static int number(String[] words, String key) {
    return Arrays.stream(words)
        .filter(word -> word.startsWith(key))
        .map(word -> Integer.parseInt(word.substring(key.length())))
        .findFirst()
        .orElse(0);
  }

  private static String constant(String word) {
    return word.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  private static String word(String constant) {
    return constant.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public String toString() {
    return Stream.of(
            word(kind.name()),
            kind.ways().isEmpty() ? place : word(kind.ways().get(amount)),
            "record=" + record,
            "cell=" + cell.label(),
            kind.ways().isEmpty() ? "amount=" + amount : "")
        .filter(word -> !word.isEmpty() && !word.endsWith("=0") && !word.equals("cell=company"))
        .collect(Collectors.joining(" "));
  }
}
