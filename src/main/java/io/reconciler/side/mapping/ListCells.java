package io.reconciler.side.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.side.mapping.Converted.Value;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Cells that hold several things: options, people, linked records. */
final class ListCells {

  private ListCells() {}

  /** The texts of a multiple select or of a lookup, each once, in their order. */
  static Converted options(FieldMapping field, JsonNode cell) {
    return several(field, cell, "options", TextCells::plainText);
  }

  /** People by e-mail, or by name where Airtable shows no e-mail. */
  static Converted people(FieldMapping field, JsonNode cell) {
    if (field.type().base().isArray()) {
      return several(field, cell, "people", ListCells::person);
    }
    JsonNode one = cell.isArray() && cell.size() == 1 ? cell.get(0) : cell;
    if (one.isArray()) {
      return one.isEmpty()
          ? new Value(field.whenEmpty())
          : CellFailures.of("names several people for one column", cell);
    }
    String person = person(one);
    return person == null
        ? CellFailures.unexpected("a person", cell)
        : TextCells.checked(field, person, cell);
  }

  /** The ids of linked records, each once, in their order. */
  static Converted links(FieldMapping field, JsonNode cell) {
    Converted ids = several(field, cell, "linked records", ListCells::recordId);
    if (!(ids instanceof Value value) || !(value.value() instanceof List<?> list)) {
      return ids;
    }
    return list.size() > 1 && !field.type().base().isArray()
        ? CellFailures.of("links " + list.size() + " records, and the column holds one", cell)
        : ids;
  }

  private static Converted several(
      FieldMapping field, JsonNode cell, String what, Function<JsonNode, @Nullable String> read) {
    Set<String> texts = new LinkedHashSet<>();
    for (JsonNode element : cell.isArray() ? cell : List.of(cell)) {
      // A lookup shows the empty cells it met as nulls.
      if (!element.isNull()) {
        String text = read.apply(element);
        if (text == null) {
          return CellFailures.unexpected(what, element);
        }
        String problem = TextCells.problem(text, field.type());
        if (problem != null) {
          return CellFailures.of(problem, cell);
        }
        texts.add(text);
      }
    }
    return new Value(texts.isEmpty() ? field.whenEmpty() : List.copyOf(texts));
  }

  private static @Nullable String person(JsonNode cell) {
    if (cell.path("email").isTextual()) {
      return cell.path("email").textValue();
    }
    return cell.path("name").isTextual() ? cell.path("name").textValue() : cell.textValue();
  }

  // With cellFormat json it is the id; webhooks and some integrations show an object.
  private static @Nullable String recordId(JsonNode cell) {
    return cell.isObject() ? cell.path("id").textValue() : cell.textValue();
  }
}
