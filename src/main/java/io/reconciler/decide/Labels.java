package io.reconciler.decide;

import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds constants by their label. */
final class Labels {

  private Labels() {}

  static <E extends Enum<E>> E parse(
      E[] constants, Function<E, String> label, String name, String what) {
    for (E constant : constants) {
      if (label.apply(constant).equals(name)) {
        return constant;
      }
    }
    String known = Arrays.stream(constants).map(label).collect(Collectors.joining(", "));
    throw new IllegalArgumentException(
        "unknown " + what + " \"" + name + "\"; use one of " + known);
  }
}
