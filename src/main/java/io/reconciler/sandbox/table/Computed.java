package io.reconciler.sandbox.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reconciler.sandbox.formula.CompiledFormula;
import io.reconciler.sandbox.formula.FormulaException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Works out the cells of formulas, lookups, rollups and counts; null stands for an empty cell. */
final class Computed {

  private final Schema schema;
  private final LinkPairs links;
  private final Map<String, CompiledFormula> compiled = new ConcurrentHashMap<>();

  Computed(Schema schema, LinkPairs links) {
    this.schema = schema;
    this.links = links;
  }

  /** Whether the field's cells follow from others; those of any other are stored. */
  boolean has(SandboxField field) {
    return switch (field.type()) {
      case "formula" -> !field.option("formula").isEmpty();
      case "multipleLookupValues", "rollup", "count" ->
          !field.option("recordLinkFieldId").isEmpty();
      default -> false;
    };
  }

  @Nullable JsonNode cell(Row row, SandboxField field, RowView view) {
    return field.type().equals("formula")
        ? result(field, new RowFormula(row, schema, view, row.modified(List.of())))
        : overLinks(row, field);
  }

  private @Nullable JsonNode result(SandboxField field, RowFormula row) {
    CompiledFormula formula =
        compiled.computeIfAbsent(field.option("formula"), text -> compile(text, schema));
    Object value;
    try {
      value = formula.value(row);
    } catch (FormulaException e) {
      return Json.object().put("error", String.valueOf(e.getMessage()));
    }
    if (value instanceof Double number && !Double.isFinite(number)) {
      return Json.object().put("specialValue", Double.isNaN(number) ? "NaN" : "Infinity");
    }
    if (value instanceof Boolean flag && !field.resultType().equals("checkbox")) {
      return LongNode.valueOf(flag ? 1 : 0);
    }
    JsonNode cell = Json.cell(value);
    boolean day = field.resultType().equals("date") && value instanceof Instant;
    return day ? Json.cell(cell.asText().substring(0, 10)) : Json.empty(cell) ? null : cell;
  }

  private static CompiledFormula compile(String text, Schema schema) {
    return CompiledFormula.compile(
        text,
        name -> {
          SandboxField field = schema.find(name);
          return field == null ? null : field.id();
        });
  }

  private @Nullable JsonNode overLinks(Row row, SandboxField field) {
    SandboxField link = schema.find(field.option("recordLinkFieldId"));
    if (link == null) {
      return null;
    }
    List<Row> rows = links.rows(row, link);
    if (field.type().equals("count")) {
      return LongNode.valueOf(rows.size());
    }
    SandboxTable target = links.target(link);
    SandboxField source =
        target == null ? null : target.schema().find(field.option("fieldIdInLinkedTable"));
    if (target == null || source == null) {
      return null;
    }
    List<JsonNode> values = new ArrayList<>();
    for (Row linked : rows) {
      JsonNode cell = target.view().cell(linked, source);
      if (cell != null && cell.isArray()) {
        cell.forEach(values::add);
      } else if (cell != null) {
        values.add(cell);
      }
    }
    return field.type().equals("rollup") ? rolledUp(field, values) : list(values);
  }

  private static @Nullable JsonNode list(List<JsonNode> values) {
    ArrayNode list = Json.array();
    values.forEach(list::add);
    return list.isEmpty() ? null : list;
  }

  private static @Nullable JsonNode rolledUp(SandboxField field, List<JsonNode> values) {
    if (field.resultType().equals("number")) {
      return Json.cell(values.stream().mapToDouble(JsonNode::asDouble).sum());
    }
    String joined = String.join(", ", values.stream().map(RowView::text).toList());
    return joined.isEmpty() ? null : Json.cell(joined);
  }

  /** The form of a cell whose parts change by themselves, as a button's and an attachment's do. */
  static JsonNode shown(SandboxField field, JsonNode stored, Instant now) {
    if (!field.type().equals("multipleAttachments")) {
      return stored;
    }
    // The addresses are good for some hours only.
    long expires = now.getEpochSecond() / 7200 * 7200 + 14_400;
    ArrayNode attachments = Json.array();
    for (JsonNode attachment : stored) {
      ObjectNode copy = attachment.deepCopy();
      if (copy.has("id")) {
        copy.put(
            "url", "https://files.example.com/%d/%s".formatted(expires, copy.path("id").asText()));
      }
      attachments.add(copy);
    }
    return attachments;
  }
}
