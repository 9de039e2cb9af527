package io.reconciler.side.postgres.statement;

import io.reconciler.side.mapping.PgType;
import io.reconciler.side.mapping.PgType.Base;
import java.util.Optional;

/**
 * Which columns hold fewer digits or characters than the type that their mapping names. PostgreSQL
 * rounds a number and cuts blanks without a word.
 *
 * <p>A column's modifier says of a text its length and of a number its digits and decimals, the
 * latter in eleven bits with a sign; both with the four bytes of a length on top.
 */
public final class ColumnPrecision {

  private static final int LENGTH_HEADER = 4;
  private static final int DIGITS = 16;
  private static final int SCALE = 0x7FF;
  private static final int SIGN = 0x400;

  private ColumnPrecision() {}

  /** Whether a number of that type may lose digits in a column of this type and modifier. */
  public static boolean losesDigits(PgType type, String columnType, int modifier) {
    if (!columnType.equals("numeric")) {
      return false;
    }
    if (type.base() == Base.DOUBLE_PRECISION) {
      // Of a double the cast keeps 15 digits of up to 17.
      return true;
    }
    boolean number = type.base() == Base.NUMERIC || type.base() == Base.BIGINT;
    return number && modifier >= 0 && isNarrower(type, modifier - LENGTH_HEADER);
  }

  private static boolean isNarrower(PgType type, int packed) {
    int scale = ((packed & SCALE) ^ SIGN) - SIGN;
    if (type.base() == Base.BIGINT) {
      return scale < 0;
    }
    return type.length() == 0
        || scale < type.scale()
        || (packed >> DIGITS) - scale < type.length() - type.scale();
  }

  /**
   * The columns that may hold something else than a value of that type that was written into them:
   * a condition on {@code col.type} and {@code col.modifier}; empty when there is none. Besides
   * those that lose digits it takes in numbers of any other precision than the mapping's: to read a
   * row again does no harm.
   */
  static Optional<String> alters(PgType type) {
    return Optional.ofNullable(
        switch (type.base()) {
          case VARCHAR -> text("between 4 and " + (type.length() + LENGTH_HEADER - 1));
          case TEXT, CITEXT, TEXT_ARRAY -> text(">= 4");
          case SMALLINT, INTEGER, BIGINT ->
              "col.type in ('float4', 'float8') or (col.type = 'numeric' and col.modifier >= 0)";
          case NUMERIC ->
              "col.type <> 'numeric' or (col.modifier >= 0 and col.modifier <> "
                  + modifier(type)
                  + ")";
          case DOUBLE_PRECISION -> "col.type <> 'float8'";
          case TIMESTAMPTZ -> "col.type <> 'timestamptz' or col.modifier between 0 and 5";
          case BOOLEAN, DATE, UUID, ENUM, UUID_ARRAY, BIGINT_ARRAY, JSONB -> null;
        });
  }

  private static int modifier(PgType number) {
    int packed = number.length() == 0 ? -1 : (number.length() << DIGITS) | number.scale();
    return packed + LENGTH_HEADER;
  }

  private static String text(String shorter) {
    return "col.type in ('bpchar', '_bpchar') or (col.type in ('varchar', '_varchar') and"
        + " col.modifier "
        + shorter
        + ")";
  }
}
