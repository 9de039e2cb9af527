package io.reconciler.sandbox.formula;

/** A word of a formula; a field's and a string's text is unescaped and without its quotes. */
record Token(Kind kind, String text) {

  enum Kind {
    NUMBER,
    STRING,
    FIELD,
    NAME,
    SYMBOL,
    END
  }

  boolean is(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }
}
