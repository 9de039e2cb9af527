package io.reconciler.engine.check;

import io.reconciler.side.airtable.TableSchema;
import io.reconciler.side.airtable.TableSchema.Field;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.text.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Says whether the fields that a mapping's filter names in braces are there. Pure. */
final class FilterRules {

  // A name may hold a quotation mark, and a text a brace: what opens first wins.
  private static final Pattern FIELD_OR_TEXT =
      Pattern.compile(
          "\\{(?:[^\\\\}]|\\\\.)*}|'(?:[^'\\\\]|\\\\.)*'|\"(?:[^\"\\\\]|\\\\.)*\"", Pattern.DOTALL);

  private FilterRules() {}

  static List<CheckLine> check(Mapping mapping, TableSchema table) {
    if (mapping.filter() == null) {
      return List.of();
    }
    List<String> there = table.fields().stream().map(Field::name).toList();
    List<CheckLine> lines = new ArrayList<>();
    for (String name : names(mapping.filter())) {
      if (table.field(name).isEmpty()) {
        lines.add(
            CheckLine.failed(
                FieldRules.AREA,
                "%sthe filter names {%s}, and there is no such field%s"
                    .formatted(mapping.places().of("filter"), name, Nearest.hint(name, there)),
                "correct \"filter\" in the mapping; Airtable refuses every listing until then"));
      }
    }
    return lines;
  }

  /** The names in braces, outside of texts. */
  static List<String> names(String formula) {
    return FIELD_OR_TEXT
        .matcher(formula)
        .results()
        .map(MatchResult::group)
        .filter(found -> found.startsWith("{"))
        .map(found -> found.substring(1, found.length() - 1).replaceAll("\\\\(.)", "$1"))
        .distinct()
        .toList();
  }
}
