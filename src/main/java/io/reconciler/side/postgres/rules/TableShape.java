package io.reconciler.side.postgres.rules;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A table as the catalog describes it.
 *
 * @param kind the catalog's letter for the kind of relation
 * @param place its schema and name as a statement needs them, whoever runs it
 * @param rowSecurity whether policies hide rows from this user
 * @param policies those policies
 * @param columns by name, in the table's order
 * @param indexes those that are valid and serve every row
 * @param mayFill whether a trigger sees a new row before it is checked, and may fill its columns
 * @param updateTriggers the triggers that fire on an UPDATE
 * @param constraints what may refuse a row
 * @param guestTriggers the triggers that act with this user's rights, who is not the owner
 * @param lackingSequences what defaults draw from and this user may not
 */
record TableShape(
    String kind,
    String place,
    boolean rowSecurity,
    List<Policy> policies,
    Map<String, Column> columns,
    List<Index> indexes,
    boolean mayFill,
    List<String> updateTriggers,
    List<Constraint> constraints,
    List<String> guestTriggers,
    List<String> lackingSequences) {

  /** Whether it is a plain table or a partitioned one. */
  boolean isTable() {
    return kind.equals("r") || isPartitioned();
  }

  boolean isPartitioned() {
    return kind.equals("p");
  }

  /** What a person calls it. */
  String kindName() {
    return switch (kind) {
      case "v" -> "a view";
      case "m" -> "a materialized view";
      case "f" -> "a foreign table";
      default -> "no table";
    };
  }

  /**
   * A column.
   *
   * @param identifier the name as a statement needs it
   * @param type the catalog's name of the type, below any domain; with a line before it for a list
   * @param described the type as DDL writes it
   * @param modifier the type's modifier, -1 for none
   * @param list whether it is an array
   * @param enumName the enum that the type is, or is a list of, with its schema; empty for every
   *     other
   * @param identity the catalog's letter for an identity column, empty for others
   */
  record Column(
      String name,
      String identifier,
      String type,
      String described,
      int modifier,
      boolean list,
      String enumName,
      boolean notNull,
      boolean hasDefault,
      boolean generated,
      String identity,
      boolean maySelect,
      boolean mayInsert,
      boolean mayUpdate) {

    // The catalog counts the four bytes of a length before the text itself.
    private static final int LENGTH_HEADER = 4;

    /** Whether an INSERT that does not name it fails. */
    boolean mustBeGiven() {
      return notNull && !hasDefault && identity.isEmpty();
    }

    /** Whether it holds the labels of a type of the portal's, and nothing else. */
    boolean isEnum() {
      return !enumName.isEmpty();
    }

    /** Whether PostgreSQL gives a new row its value. */
    boolean isFilled() {
      return hasDefault || generated || !identity.isEmpty();
    }

    /** Whether PostgreSQL refuses a value for it. */
    boolean refusesValues() {
      return generated || identity.equals("a");
    }

    /** The most characters a text type of limited length holds, or a number beyond all. */
    int length() {
      return modifier < 0 ? Integer.MAX_VALUE : modifier - LENGTH_HEADER;
    }
  }

  /**
   * A policy of row security.
   *
   * @param command the catalog's letter for what it is about, {@code *} for everything
   * @param permissive whether it opens something, rather than narrow what others open
   * @param showsAll whether it is true of every row that is there
   * @param takesAll whether it is true of every row that is written
   */
  record Policy(String command, boolean permissive, boolean showsAll, boolean takesAll) {}

  /** A constraint or a unique index, with the columns that it is about. */
  record Constraint(String name, String definition, List<String> columns) {}

  /**
   * An index.
   *
   * @param isUnique whether an upsert can rely on it
   * @param keys how many columns and expressions it is on
   * @param firstKey the first column; null when it is an expression
   */
  record Index(boolean isUnique, int keys, @Nullable String firstKey, @Nullable String secondKey) {}
}
