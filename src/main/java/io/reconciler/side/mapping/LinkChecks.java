package io.reconciler.side.mapping;

import io.reconciler.side.mapping.Conversion.Kind;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/** Checks a link against the mapping that it points at. */
final class LinkChecks {

  private LinkChecks() {}

  static void check(Located<Mapping> mapping, FieldMapping field, Map<String, Mapping> byName) {
    String to = field.conversion().to();
    if (field.conversion().kind() != Kind.LINK || to == null) {
      return;
    }
    Mapping target = byName.get(to);
    if (target == null) {
      throw error(
          mapping,
          field,
          "links to \""
              + to
              + "\", and there is no such mapping"
              + YamlMap.meant(to, byName.keySet())
              + "; use one of "
              + String.join(", ", new TreeSet<>(byName.keySet())));
    }
    String base = target.base();
    if (base != null && !Objects.equals(base, mapping.value().base())) {
      throw error(
          mapping,
          field,
          "links to \""
              + to
              + "\", which belongs to the base "
              + base
              + " alone; give this mapping the same base");
    }
  }

  private static InvalidMappingException error(
      Located<Mapping> mapping, FieldMapping field, String problem) {
    String text = "column \"" + field.column() + "\" " + problem;
    return mapping.source().errorIn("fields", "column", field.column(), "to", text);
  }
}
