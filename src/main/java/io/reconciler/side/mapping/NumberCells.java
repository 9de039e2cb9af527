package io.reconciler.side.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.side.mapping.Converted.Value;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Cells of numbers, whole ones and others, kept in their exact decimal value. */
final class NumberCells {

  /** More digits than this are no number that anybody wrote, and cost memory to spell out. */
  private static final int MOST_DIGITS = 400;

  private NumberCells() {}

  static Converted number(PgType type, JsonNode cell) {
    if (!cell.isNumber()) {
      return CellFailures.unexpected("a number", cell);
    }
    if (!isSensible(cell)) {
      return CellFailures.of(outOfRange(type), cell);
    }
    BigDecimal number = plain(cell.decimalValue());
    String problem = problem(type, number);
    return problem == null ? new Value(typed(type, number)) : CellFailures.of(problem, cell);
  }

  /** The number in its shortest form, never with an exponent. */
  static BigDecimal plain(BigDecimal number) {
    BigDecimal stripped = number.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  /** The number as values of that type are held. */
  static Object typed(PgType type, BigDecimal number) {
    return switch (type.base()) {
      case INTEGER, SMALLINT -> number.intValueExact();
      case BIGINT -> number.longValueExact();
      case DOUBLE_PRECISION -> number.doubleValue();
      default -> number;
    };
  }

  /** What keeps the number out of a column of that type, or null if nothing does. */
  static @Nullable String problem(PgType type, BigDecimal number) {
    return switch (type.base()) {
      case SMALLINT -> whole(type, number, Short.MIN_VALUE, Short.MAX_VALUE);
      case INTEGER -> whole(type, number, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case BIGINT -> whole(type, number, Long.MIN_VALUE, Long.MAX_VALUE);
      case NUMERIC -> decimal(type, number);
      default -> Double.isFinite(number.doubleValue()) ? null : outOfRange(type);
    };
  }

  private static @Nullable String whole(PgType type, BigDecimal number, long least, long most) {
    if (number.scale() > 0) {
      return "is not a whole number";
    }
    boolean inRange =
        number.compareTo(BigDecimal.valueOf(least)) >= 0
            && number.compareTo(BigDecimal.valueOf(most)) <= 0;
    return inRange ? null : outOfRange(type);
  }

  private static @Nullable String decimal(PgType type, BigDecimal number) {
    if (type.length() == 0) {
      return null;
    }
    if (number.scale() > type.scale()) {
      return "has more than " + type.scale() + " decimals";
    }
    int before = number.precision() - number.scale();
    return number.signum() != 0 && before > type.length() - type.scale() ? outOfRange(type) : null;
  }

  private static boolean isSensible(JsonNode cell) {
    return Double.isFinite(cell.doubleValue())
        && Math.abs((long) cell.decimalValue().stripTrailingZeros().scale()) <= MOST_DIGITS;
  }

  private static String outOfRange(PgType type) {
    return "is out of the range of " + type.sql();
  }
}
