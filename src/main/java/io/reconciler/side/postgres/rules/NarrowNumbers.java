package io.reconciler.side.postgres.rules;

import io.reconciler.side.mapping.PgType;
import io.reconciler.side.mapping.PgType.Base;
import io.reconciler.side.postgres.rules.TableShape.Column;

/** Columns that round the numbers which are for them, without a word. */
final class NarrowNumbers {

  private static final int LENGTH_HEADER = 4;
  private static final int DIGITS = 16;
  private static final int SCALE = 0x7FF;
  private static final int SIGN = 0x400;

  private NarrowNumbers() {}

  /** Whether a value of that type may lose digits in that column. */
  static boolean losesDigits(PgType type, Column column) {
    if (!column.type().equals("numeric")) {
      return false;
    }
    if (type.base() == Base.DOUBLE_PRECISION) {
      // Of a double the cast keeps 15 digits of up to 17.
      return true;
    }
    boolean number = type.base() == Base.NUMERIC || type.base() == Base.BIGINT;
    return number && column.modifier() >= 0 && isNarrower(type, column.modifier() - LENGTH_HEADER);
  }

  // Digits and decimals, the latter in eleven bits with a sign.
  private static boolean isNarrower(PgType type, int packed) {
    int scale = ((packed & SCALE) ^ SIGN) - SIGN;
    if (type.base() == Base.BIGINT) {
      return scale < 0;
    }
    return type.length() == 0
        || scale < type.scale()
        || (packed >> DIGITS) - scale < type.length() - type.scale();
  }
}
