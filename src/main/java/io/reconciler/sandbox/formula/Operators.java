package io.reconciler.sandbox.formula;

import org.jspecify.annotations.Nullable;

/** The binary operators. */
final class Operators {

  private Operators() {}

  static Expression of(String symbol, Expression left, Expression right) {
    return switch (symbol) {
      case "=" -> record -> Values.same(left.on(record), right.on(record));
      case "!=" -> record -> !Values.same(left.on(record), right.on(record));
      case "<" -> record -> Values.order(left.on(record), right.on(record)) < 0;
      case "<=" -> record -> Values.order(left.on(record), right.on(record)) <= 0;
      case ">" -> record -> Values.order(left.on(record), right.on(record)) > 0;
      case ">=" -> record -> Values.order(left.on(record), right.on(record)) >= 0;
      case "&" -> record -> Values.text(left.on(record)) + Values.text(right.on(record));
      case "+" -> record -> sum(left.on(record), right.on(record));
      case "-" -> record -> Values.number(left.on(record)) - Values.number(right.on(record));
      case "*" -> record -> Values.number(left.on(record)) * Values.number(right.on(record));
      case "/" -> record -> Values.number(left.on(record)) / Values.number(right.on(record));
      default -> throw FormulaException.malformed();
    };
  }

  private static Object sum(@Nullable Object left, @Nullable Object right) {
    if (left instanceof String || right instanceof String) {
      return Values.text(left) + Values.text(right);
    }
    return Values.number(left) + Values.number(right);
  }
}
