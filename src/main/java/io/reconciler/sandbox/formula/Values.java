package io.reconciler.sandbox.formula;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How values of different types are turned into each other and compared. */
final class Values {

  private Values() {}

  static boolean truthy(@Nullable Object value) {
    if (value instanceof Double number) {
      return number != 0 && !number.isNaN();
    }
    if (value instanceof Boolean flag) {
      return flag;
    }
    return value != null && !value.equals("");
  }

  static String text(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof Boolean flag) {
      return flag ? "1" : "0";
    }
    if (value instanceof Double number) {
      boolean whole = number == Math.rint(number) && Math.abs(number) < 1e15;
      return whole ? Long.toString(number.longValue()) : number.toString();
    }
    return value instanceof Instant moment ? Dates.iso(moment) : value.toString();
  }

  /** Blank counts as 0, as in Airtable; text and dates are no numbers. */
  static double number(@Nullable Object value) {
    if (value == null) {
      return 0;
    }
    if (value instanceof Boolean flag) {
      return flag ? 1 : 0;
    }
    if (value instanceof Double number) {
      return number;
    }
    throw new ErrorValue();
  }

  static Instant moment(@Nullable Object value) {
    if (value instanceof Instant moment) {
      return moment;
    }
    Instant parsed = value instanceof String text ? Dates.parse(text) : null;
    if (parsed == null) {
      throw new ErrorValue();
    }
    return parsed;
  }

  static boolean same(@Nullable Object left, @Nullable Object right) {
    if (left instanceof Instant || right instanceof Instant) {
      return left != null && right != null && sameMoment(left, right);
    }
    if (numeric(left) || numeric(right)) {
      return !(left instanceof String) && !(right instanceof String) && order(left, right) == 0;
    }
    return text(left).equals(text(right));
  }

  private static boolean sameMoment(Object left, Object right) {
    try {
      return order(left, right) == 0;
    } catch (ErrorValue noDate) {
      return text(left).equals(text(right));
    }
  }

  static int order(@Nullable Object left, @Nullable Object right) {
    if (left instanceof Instant || right instanceof Instant) {
      return moment(left).compareTo(moment(right));
    }
    if (numeric(left) || numeric(right)) {
      return Double.compare(number(left), number(right));
    }
    return text(left).compareTo(text(right));
  }

  private static boolean numeric(@Nullable Object value) {
    return value instanceof Double || value instanceof Boolean;
  }
}
