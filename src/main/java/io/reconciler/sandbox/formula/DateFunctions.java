package io.reconciler.sandbox.formula;

import io.reconciler.sandbox.formula.Functions.Definition;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** The functions of moments. */
final class DateFunctions {

  private DateFunctions() {}

  static void addTo(Map<String, Definition> all) {
    all.put("IS_AFTER", new Definition(2, 2, DateFunctions::isAfter));
    all.put("IS_BEFORE", new Definition(2, 2, DateFunctions::isBefore));
    all.put("IS_SAME", new Definition(2, 3, DateFunctions::isSame));
    all.put("DATETIME_PARSE", new Definition(1, 3, DateFunctions::parse));
    all.put("DATETIME_DIFF", new Definition(2, 3, DateFunctions::difference));
    all.put("DATEADD", new Definition(3, 3, DateFunctions::add));
  }

  private static Expression isAfter(List<Expression> arguments) {
    return record -> moment(arguments, 0, record).isAfter(moment(arguments, 1, record));
  }

  private static Expression isBefore(List<Expression> arguments) {
    return record -> moment(arguments, 0, record).isBefore(moment(arguments, 1, record));
  }

  private static Expression isSame(List<Expression> arguments) {
    return record ->
        Dates.same(
            moment(arguments, 0, record),
            moment(arguments, 1, record),
            unit(arguments, record, ChronoUnit.MILLIS));
  }

  private static Expression parse(List<Expression> arguments) {
    return record -> {
      Object value = arguments.get(0).on(record);
      if (arguments.size() < 2 || value instanceof Instant) {
        return Values.moment(value);
      }
      return Dates.parse(Values.text(value), Values.text(arguments.get(1).on(record)));
    };
  }

  private static Expression difference(List<Expression> arguments) {
    return record ->
        Dates.distance(
            moment(arguments, 0, record),
            moment(arguments, 1, record),
            unit(arguments, record, ChronoUnit.SECONDS));
  }

  private static Expression add(List<Expression> arguments) {
    return record ->
        Dates.plus(
            moment(arguments, 0, record),
            Values.number(arguments.get(1).on(record)),
            unit(arguments, record, ChronoUnit.SECONDS));
  }

  private static Instant moment(List<Expression> arguments, int index, FormulaRecord record) {
    return Values.moment(arguments.get(index).on(record));
  }

  private static ChronoUnit unit(
      List<Expression> arguments, FormulaRecord record, ChronoUnit usual) {
    return arguments.size() < 3 ? usual : Dates.unit(Values.text(arguments.get(2).on(record)));
  }
}
