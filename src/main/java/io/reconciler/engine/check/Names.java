package io.reconciler.engine.check;

import io.reconciler.text.Nearest;
import java.util.Collection;
import java.util.stream.Collectors;

/** Names of tables and fields: quoted for people, and compared as people mistake them. Pure. */
final class Names {

  private Names() {}

  static String quoted(Collection<String> names) {
    return names.stream().map(Names::quoted).collect(Collectors.joining(", "));
  }

  static String quoted(String name) {
    return "\"" + name + "\"";
  }

  /** Whether one may be the other, renamed or mistyped: nearly alike, or one within the other. */
  static boolean alike(String one, String other) {
    return Nearest.alike(one, other);
  }
}
