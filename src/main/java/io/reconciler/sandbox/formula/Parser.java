package io.reconciler.sandbox.formula;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Turns words into one expression: comparisons bind loosest, then &amp;, then + and -, * and /. */
final class Parser {

  private static final int DEEPEST = 200;
  private static final Set<String> COMPARISONS = Set.of("=", "!=", "<", "<=", ">", ">=");

  private final List<Token> tokens;
  private final Function<String, @Nullable String> fieldId;
  private final Set<String> unknownFields = new LinkedHashSet<>();
  private final Set<String> unknownFunctions = new LinkedHashSet<>();
  private int at;
  private int depth;

  Parser(List<Token> tokens, Function<String, @Nullable String> fieldId) {
    this.tokens = tokens;
    this.fieldId = fieldId;
  }

  /** Returns the expression; throws FormulaException. */
  Expression parse() {
    Expression whole = comparison();
    if (peek().kind() != Token.Kind.END) {
      throw FormulaException.malformed();
    }
    refuse("Unknown field names: ", unknownFields);
    refuse("Unknown function names: ", unknownFunctions);
    return whole;
  }

  private static void refuse(String what, Set<String> names) {
    if (!names.isEmpty()) {
      throw new FormulaException(what + String.join(", ", names));
    }
  }

  private Expression comparison() {
    if (++depth > DEEPEST) {
      throw FormulaException.malformed();
    }
    Expression left = concatenation();
    while (peek().kind() == Token.Kind.SYMBOL && COMPARISONS.contains(peek().text())) {
      left = Operators.of(next().text(), left, concatenation());
    }
    depth--;
    return left;
  }

  private Expression concatenation() {
    Expression left = sum();
    while (peek().is("&")) {
      left = Operators.of(next().text(), left, sum());
    }
    return left;
  }

  private Expression sum() {
    Expression left = product();
    while (peek().is("+") || peek().is("-")) {
      left = Operators.of(next().text(), left, product());
    }
    return left;
  }

  private Expression product() {
    Expression left = signed();
    while (peek().is("*") || peek().is("/")) {
      left = Operators.of(next().text(), left, signed());
    }
    return left;
  }

  private Expression signed() {
    boolean negative = false;
    for (; peek().is("-"); next()) {
      negative = !negative;
    }
    Expression operand = operand();
    return negative ? Operators.of("-", record -> 0.0, operand) : operand;
  }

  private Expression operand() {
    Token token = next();
    return switch (token.kind()) {
      case NUMBER -> constant(Double.parseDouble(token.text()));
      case STRING -> constant(token.text());
      case FIELD -> field(token.text());
      case NAME -> peek().is("(") ? call(token.text()) : field(token.text());
      case SYMBOL -> bracket(token);
      case END -> throw FormulaException.malformed();
    };
  }

  private Expression bracket(Token token) {
    if (!token.is("(")) {
      throw FormulaException.malformed();
    }
    Expression inner = comparison();
    expect(")");
    return inner;
  }

  private static Expression constant(Object value) {
    return record -> value;
  }

  private Expression field(String name) {
    String id = fieldId.apply(name);
    if (id == null) {
      unknownFields.add(name.toLowerCase(Locale.ROOT));
      return constant("");
    }
    return new Expression.Field(id);
  }

  private Expression call(String name) {
    List<Expression> arguments = arguments();
    Functions.Definition function = Functions.ALL.get(name.toUpperCase(Locale.ROOT));
    if (function == null) {
      unknownFunctions.add(name.toLowerCase(Locale.ROOT));
      return constant("");
    }
    return function.on(arguments);
  }

  private List<Expression> arguments() {
    List<Expression> arguments = new ArrayList<>();
    expect("(");
    while (!peek().is(")")) {
      arguments.add(comparison());
      if (!peek().is(")")) {
        expect(",");
      }
    }
    next();
    return arguments;
  }

  private void expect(String symbol) {
    if (!next().is(symbol)) {
      throw FormulaException.malformed();
    }
  }

  private Token peek() {
    return tokens.get(at);
  }

  private Token next() {
    Token token = tokens.get(at);
    at = Math.min(at + 1, tokens.size() - 1);
    return token;
  }
}
