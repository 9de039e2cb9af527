package io.reconciler.sandbox.formula;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A compiled filter formula. */
public final class CompiledFormula {

  private final Expression expression;

  private CompiledFormula(Expression expression) {
    this.expression = expression;
  }

  /**
   * Compiles the text; {@code fieldId} gives the id of a field for its name or id, or null when
   * there is none. Throws FormulaException with Airtable's message.
   */
  public static CompiledFormula compile(String text, Function<String, @Nullable String> fieldId) {
    return new CompiledFormula(new Parser(new Lexer(text).tokens(), fieldId).parse());
  }

  /** Returns the result as a String, Double, Boolean, Instant or null; throws FormulaException. */
  public @Nullable Object value(FormulaRecord record) {
    try {
      return expression.on(record);
    } catch (ErrorValue e) {
      throw new FormulaException("#ERROR!");
    }
  }

  /** Says whether Airtable would list the record: not for 0, false, "", blank, NaN and errors. */
  public boolean matches(FormulaRecord record) {
    try {
      return Values.truthy(expression.on(record));
    } catch (ErrorValue e) {
      return false;
    }
  }
}
