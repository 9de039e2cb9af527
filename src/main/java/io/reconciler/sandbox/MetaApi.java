package io.reconciler.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reconciler.sandbox.table.Ids;
import io.reconciler.sandbox.table.Json;
import io.reconciler.sandbox.table.People;
import io.reconciler.sandbox.table.SandboxBase;
import io.reconciler.sandbox.table.SandboxField;
import io.reconciler.sandbox.table.SandboxTable;
import io.reconciler.sandbox.table.Schema;
import java.util.Collection;
import java.util.List;

/** The metadata: who am I, which bases, which tables and fields. */
final class MetaApi {

  /** Which of the users all tokens belong to. */
  static final int TOKEN_USER = 0;

  private static final String USER = People.person(TOKEN_USER).path("id").asText();

  ObjectNode whoami() {
    return Json.object().put("id", USER);
  }

  ObjectNode bases(Collection<SandboxBase> bases, String token) {
    ArrayNode list = Json.array();
    bases.stream()
        .filter(base -> base.allows(token))
        .forEach(
            base ->
                list.addObject()
                    .put("id", base.id())
                    .put("name", "Sandbox " + base.id())
                    .put("permissionLevel", base.isReadOnly() ? "read" : "create"));
    return Json.object().set("bases", list);
  }

  ObjectNode tables(SandboxBase base) {
    ArrayNode tables = Json.array();
    base.tables().forEach(table -> tables.add(table.locked(() -> table(table))));
    return Json.object().set("tables", tables);
  }

  private static ObjectNode table(SandboxTable table) {
    ObjectNode json = Json.object().put("id", table.id()).put("name", table.name());
    ArrayNode fields = json.putArray("fields");
    table.fields().forEach(field -> fields.add(field(table.schema(), field)));
    table.fields().stream().findFirst().ifPresent(first -> json.put("primaryFieldId", first.id()));
    json.putArray("views")
        .addObject()
        .put("id", table.viewId())
        .put("name", Lister.VIEW)
        .put("type", "grid");
    return json;
  }

  private static ObjectNode field(Schema schema, SandboxField field) {
    ObjectNode json = Json.object();
    json.put("id", field.id()).put("name", field.name()).put("type", field.type());
    ObjectNode options = options(schema, field);
    options.setAll(field.options());
    if (!options.isEmpty()) {
      json.set("options", options);
    }
    return json;
  }

  private static ObjectNode options(Schema schema, SandboxField field) {
    return switch (field.type()) {
      case "singleSelect", "multipleSelects" -> choices(field);
      case "number", "percent" -> Json.object().put("precision", 0);
      case "currency" -> Json.object().put("precision", 2).put("symbol", "$");
      case "duration" -> Json.object().put("durationFormat", "h:mm");
      case "rating" -> Json.object().put("icon", "star").put("max", 5).put("color", "yellowBright");
      case "multipleAttachments" -> Json.object().put("isReversed", false);
      case "count" -> Json.object().put("isValid", true);
      case "checkbox" -> Json.object().put("icon", "check").put("color", "greenBright");
      case "date", "dateTime" -> result(field.type()).withObject("options");
      case "createdTime" -> Json.object().set("result", result(field.resultType()));
      case "lastModifiedTime", "formula", "rollup", "multipleLookupValues" ->
          computed(schema, field);
      default -> Json.object();
    };
  }

  private static ObjectNode choices(SandboxField field) {
    ArrayNode choices = Json.array();
    for (String name : field.choices()) {
      // The same id for the same option of the same field in every answer.
      String id = new Ids((field.id() + name).hashCode()).next("sel");
      choices.addObject().put("id", id).put("name", name).put("color", "blueLight2");
    }
    return Json.object().set("choices", choices);
  }

  private static ObjectNode computed(Schema schema, SandboxField field) {
    ObjectNode options = Json.object().put("isValid", true);
    if (!field.type().equals("multipleLookupValues")) {
      schema.watchedBy(field).forEach(options.putArray("referencedFieldIds")::add);
    }
    return options.set("result", result(field.resultType()));
  }

  private static ObjectNode result(String type) {
    ObjectNode result = Json.object().put("type", type);
    if (List.of("number", "currency", "percent").contains(type)) {
      result.putObject("options").put("precision", 0);
    }
    if (!type.startsWith("date")) {
      return result;
    }
    ObjectNode options = result.putObject("options");
    options.putObject("dateFormat").put("name", "iso").put("format", "YYYY-MM-DD");
    if (type.equals("dateTime")) {
      options.putObject("timeFormat").put("name", "24hour").put("format", "HH:mm");
      options.put("timeZone", "utc");
    }
    return result;
  }
}
