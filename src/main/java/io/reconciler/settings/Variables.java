package io.reconciler.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads variables one by one and collects what is wrong, so that all of it can be said at once. */
final class Variables {

  private final UnaryOperator<@Nullable String> lookup;
  private final List<String> problems = new ArrayList<>();

  Variables(UnaryOperator<@Nullable String> lookup) {
    this.lookup = lookup;
  }

  /** Where the values are looked up. */
  UnaryOperator<@Nullable String> lookup() {
    return lookup;
  }

  /** The value as it stands; a blank one counts as not set. */
  @Nullable String raw(Variable variable) {
    String value = lookup.apply(variable.name());
    return value == null || value.isBlank() ? null : value;
  }

  /** The value without surrounding white space; a blank one counts as not set. */
  @Nullable String text(Variable variable) {
    String value = raw(variable);
    return value == null ? null : value.strip();
  }

  /** The parsed value, or null when it is not set or malformed; the latter is a problem. */
  <T> @Nullable T parse(Variable variable, Function<String, T> parser) {
    String value = text(variable);
    return value == null ? null : parse(variable, value, parser);
  }

  /** The parsed value, or the default when it is not set or malformed; the latter is a problem. */
  <T> T parse(Variable variable, Function<String, T> parser, T otherwise) {
    T value = parse(variable, parser);
    return value == null ? otherwise : value;
  }

  /** Like parse, with the white space around the value kept as a part of it. */
  <T> @Nullable T parseRaw(Variable variable, Function<String, T> parser) {
    String value = raw(variable);
    return value == null ? null : parse(variable, value, parser);
  }

  private <T> @Nullable T parse(Variable variable, String value, Function<String, T> parser) {
    try {
      return parser.apply(value);
    } catch (MalformedValueException e) {
      malformed(variable, e.reason());
      return null;
    }
  }

  void malformed(Variable variable, String reason) {
    problems.add(
        "%s is malformed: %s; for example %s".formatted(variable, reason, variable.example()));
  }

  /** Notes a problem when the variable is not set at all. */
  void require(Variable variable, String advice) {
    if (text(variable) == null) {
      problems.add(
          "%s is missing: %s, for example %s%s"
              .formatted(variable, advice, variable.example(), SecretFiles.absence(lookup)));
    }
  }

  void throwIfAnyProblem() {
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(problems);
    }
  }
}
