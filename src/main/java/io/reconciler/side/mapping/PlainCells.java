package io.reconciler.side.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.side.mapping.Converted.Value;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.regex.Pattern;

/** Cells of numbers, checkboxes, points in time and UUIDs. */
final class PlainCells {

  /** UUID.fromString takes shorter groups too, which nobody means. */
  private static final Pattern CANONICAL_UUID =
      Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

  private PlainCells() {}

  static Converted integer(JsonNode cell) {
    if (cell.isInt()) {
      return new Value(cell.intValue());
    }
    if (!cell.isNumber()) {
      return CellFailures.unexpected("a number", cell);
    }
    if (!Double.isFinite(cell.doubleValue())) {
      return CellFailures.of("is out of the range of an integer", cell);
    }
    BigDecimal number = cell.decimalValue();
    if (number.stripTrailingZeros().scale() > 0) {
      return CellFailures.of("is not a whole number", cell);
    }
    try {
      return new Value(number.intValueExact());
    } catch (ArithmeticException overflow) {
      return CellFailures.of("is out of the range of an integer", cell);
    }
  }

  static Converted checkbox(JsonNode cell) {
    return cell.isBoolean()
        ? new Value(cell.booleanValue())
        : CellFailures.unexpected("a checkbox", cell);
  }

  static Converted timestamp(JsonNode cell) {
    if (!cell.isTextual()) {
      return CellFailures.unexpected("a date and time", cell);
    }
    try {
      Instant time = Timestamps.parse(cell.textValue().strip());
      return time.isBefore(FIRST) || !time.isBefore(END)
          ? CellFailures.of("is not in the years 1 to 9999", cell)
          : new Value(time);
    } catch (DateTimeException unreadable) {
      return CellFailures.of("is not a date and time", cell);
    }
  }

  /** The day; of a date and time that in UTC. */
  static Converted date(JsonNode cell) {
    if (!cell.isTextual()) {
      return CellFailures.unexpected("a date", cell);
    }
    return timestamp(cell) instanceof Value time && time.value() instanceof Instant instant
        ? new Value(LocalDate.ofInstant(instant, ZoneOffset.UTC))
        : CellFailures.of("is not a date in the years 1 to 9999", cell);
  }

  static Converted uuid(JsonNode cell) {
    if (!cell.isTextual()) {
      return CellFailures.unexpected("a UUID", cell);
    }
    String text = cell.textValue().strip();
    return CANONICAL_UUID.matcher(text).matches()
        ? new Value(UUID.fromString(text))
        : CellFailures.of("is not a UUID", cell);
  }
}
