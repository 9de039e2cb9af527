package io.reconciler.sandbox.formula;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;

/** Splits a formula into words. */
final class Lexer {

  private static final Set<String> DOUBLE_SYMBOLS = Set.of("!=", "<=", ">=");
  private static final String SYMBOLS = "()=<>&+-*/,";

  private final String text;
  private int at;

  Lexer(String text) {
    this.text = text;
  }

  /** Returns all words and an END; throws FormulaException for what is no word. */
  List<Token> tokens() {
    List<Token> tokens = new ArrayList<>();
    skipSpaces();
    while (at < text.length()) {
      tokens.add(next());
      skipSpaces();
    }
    tokens.add(new Token(Token.Kind.END, ""));
    return tokens;
  }

  private Token next() {
    char first = text.charAt(at);
    if (first == '{') {
      return new Token(Token.Kind.FIELD, quoted('}').strip());
    }
    if (first == '\'' || first == '"') {
      return new Token(Token.Kind.STRING, quoted(first));
    }
    if (Character.isDigit(first) || first == '.') {
      return new Token(Token.Kind.NUMBER, number());
    }
    if (Character.isLetter(first) || first == '_') {
      return new Token(Token.Kind.NAME, run(c -> Character.isLetterOrDigit(c) || c == '_'));
    }
    return new Token(Token.Kind.SYMBOL, symbol());
  }

  private String quoted(char end) {
    StringBuilder content = new StringBuilder();
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == end) {
        at++;
        return content.toString();
      }
      if (c == '\\' && at + 1 < text.length()) {
        content.append(unescaped(text.charAt(++at)));
      } else {
        content.append(c);
      }
    }
    throw FormulaException.malformed();
  }

  private static char unescaped(char escaped) {
    return switch (escaped) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      default -> escaped;
    };
  }

  private String number() {
    String digits = run(c -> Character.isDigit(c) || c == '.');
    try {
      Double.parseDouble(digits);
      return digits;
    } catch (NumberFormatException e) {
      throw FormulaException.malformed();
    }
  }

  private String symbol() {
    if (at + 1 < text.length() && DOUBLE_SYMBOLS.contains(text.substring(at, at + 2))) {
      at += 2;
      return text.substring(at - 2, at);
    }
    if (SYMBOLS.indexOf(text.charAt(at)) < 0) {
      throw FormulaException.malformed();
    }
    at++;
    return text.substring(at - 1, at);
  }

  private String run(IntPredicate belongs) {
    int start = at;
    while (at < text.length() && belongs.test(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  private void skipSpaces() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }
}
