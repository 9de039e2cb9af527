package io.reconciler.side.airtable;

import io.reconciler.side.mapping.Mapping;
import io.reconciler.text.Nearest;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The fields that a mapping's filter names in braces. Pure. */
public final class FilterFields {

  // A name may hold a quotation mark, and a text a brace: what opens first wins.
  private static final Pattern FIELD_OR_TEXT =
      Pattern.compile(
          "\\{(?:[^\\\\}]|\\\\.)*}|'(?:[^'\\\\]|\\\\.)*'|\"(?:[^\"\\\\]|\\\\.)*\"", Pattern.DOTALL);

  private FilterFields() {}

  /** A text for each name that the table has no field of, with its place and what is meant. */
  public static List<String> problems(Mapping mapping, TableSchema table) {
    if (mapping.filter() == null) {
      return List.of();
    }
    List<String> there = table.fields().stream().map(TableSchema.Field::name).toList();
    return of(mapping.filter()).stream()
        .filter(name -> table.field(name).isEmpty())
        .map(
            name ->
                "%sthe filter names {%s}, and there is no such field%s"
                    .formatted(mapping.places().of("filter"), name, Nearest.hint(name, there)))
        .toList();
  }

  /** The names in braces, outside of texts. */
  public static List<String> of(String formula) {
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
