package io.reconciler.sandbox.formula;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The functions a formula may call. */
final class Functions {

  static final Map<String, Definition> ALL = all();

  private Functions() {}

  /** A function and how many arguments it takes. */
  record Definition(int least, int most, Function<List<Expression>, Expression> body) {

    Expression on(List<Expression> arguments) {
      if (arguments.size() < least || arguments.size() > most) {
        throw FormulaException.malformed();
      }
      return body.apply(arguments);
    }
  }

  private static Map<String, Definition> all() {
    Map<String, Definition> all = new HashMap<>();
    addLogic(all);
    addRecord(all);
    addText(all);
    DateFunctions.addTo(all);
    return Map.copyOf(all);
  }

  private static void addLogic(Map<String, Definition> all) {
    all.put("AND", many(arguments -> record -> !any(arguments, record, false)));
    all.put("OR", many(arguments -> record -> any(arguments, record, true)));
    all.put("XOR", many(Functions::xor));
    all.put("NOT", one(value -> !Values.truthy(value)));
    all.put("IF", new Definition(2, 3, Functions::choice));
    all.put("SWITCH", new Definition(3, Integer.MAX_VALUE, Functions::selection));
    all.put("TRUE", none(record -> true));
    all.put("FALSE", none(record -> false));
    all.put("BLANK", none(record -> null));
  }

  private static void addRecord(Map<String, Definition> all) {
    all.put("RECORD_ID", none(FormulaRecord::id));
    all.put("CREATED_TIME", none(FormulaRecord::created));
    all.put("NOW", none(FormulaRecord::now));
    all.put("TODAY", none(record -> record.now().truncatedTo(ChronoUnit.DAYS)));
    all.put(
        "LAST_MODIFIED_TIME", new Definition(0, Integer.MAX_VALUE, Functions::lastModifiedTime));
  }

  private static void addText(Map<String, Definition> all) {
    all.put("LEN", one(value -> (double) Values.text(value).length()));
    all.put("LOWER", one(value -> Values.text(value).toLowerCase(Locale.ROOT)));
    all.put("UPPER", one(value -> Values.text(value).toUpperCase(Locale.ROOT)));
    all.put("VALUE", one(Functions::value));
    all.put("FIND", position(text -> text, 0.0));
    all.put("SEARCH", position(text -> text.toLowerCase(Locale.ROOT), null));
  }

  static Definition none(Expression body) {
    return new Definition(0, 0, arguments -> body);
  }

  private static Definition one(Function<@Nullable Object, Object> body) {
    return new Definition(1, 1, arguments -> record -> body.apply(arguments.get(0).on(record)));
  }

  private static Definition many(Function<List<Expression>, Expression> body) {
    return new Definition(1, Integer.MAX_VALUE, body);
  }

  /** Stops at the first argument of that truth: filters list a hundred ids. */
  private static boolean any(List<Expression> arguments, FormulaRecord record, boolean truth) {
    for (Expression argument : arguments) {
      if (Values.truthy(argument.on(record)) == truth) {
        return true;
      }
    }
    return false;
  }

  private static Expression xor(List<Expression> arguments) {
    return record ->
        arguments.stream().filter(argument -> Values.truthy(argument.on(record))).count() % 2 == 1;
  }

  private static Expression choice(List<Expression> arguments) {
    return record -> {
      if (Values.truthy(arguments.get(0).on(record))) {
        return arguments.get(1).on(record);
      }
      return arguments.size() < 3 ? null : arguments.get(2).on(record);
    };
  }

  private static Expression selection(List<Expression> arguments) {
    return record -> {
      Object tested = arguments.get(0).on(record);
      int at = 1;
      for (; at + 1 < arguments.size(); at += 2) {
        if (Values.same(tested, arguments.get(at).on(record))) {
          return arguments.get(at + 1).on(record);
        }
      }
      return at < arguments.size() ? arguments.get(at).on(record) : null;
    };
  }

  private static Expression lastModifiedTime(List<Expression> arguments) {
    List<String> fields = new ArrayList<>();
    for (Expression argument : arguments) {
      // What is no field here was an unknown one: the parser names it once it has read on.
      if (argument instanceof Expression.Field field) {
        fields.add(field.id());
      }
    }
    return record -> record.modified(fields);
  }

  private static Object value(@Nullable Object value) {
    if (!(value instanceof String text)) {
      return Values.number(value);
    }
    try {
      return Double.valueOf(text.replace(",", "").strip());
    } catch (NumberFormatException e) {
      throw new ErrorValue();
    }
  }

  private static Definition position(UnaryOperator<String> folding, @Nullable Double absent) {
    return new Definition(
        2,
        3,
        arguments ->
            record -> {
              String needle = folding.apply(Values.text(arguments.get(0).on(record)));
              String text = folding.apply(Values.text(arguments.get(1).on(record)));
              double start = arguments.size() < 3 ? 1 : Values.number(arguments.get(2).on(record));
              int found = text.indexOf(needle, (int) start - 1);
              return found < 0 ? absent : (Double) (found + 1.0);
            });
  }
}
