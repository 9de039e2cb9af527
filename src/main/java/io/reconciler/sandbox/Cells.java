package io.reconciler.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reconciler.sandbox.table.ErrorReply;
import io.reconciler.sandbox.table.Ids;
import io.reconciler.sandbox.table.Json;
import io.reconciler.sandbox.table.People;
import io.reconciler.sandbox.table.SandboxBase;
import io.reconciler.sandbox.table.SandboxField;
import io.reconciler.sandbox.table.SandboxTable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the API accepts in cells that are no plain values; null stands for what is refused. */
final class Cells {

  private final SandboxBase base;
  private final boolean typecast;

  Cells(SandboxBase base, boolean typecast) {
    this.base = base;
    this.typecast = typecast;
  }

  @Nullable JsonNode accept(SandboxField field, JsonNode value) {
    return switch (field.type()) {
      case "barcode" -> barcode(value);
      case "singleCollaborator" ->
          People.find(value).filter(person -> isPerson(value)).orElse(null);
      case "multipleCollaborators" -> people(value);
      case "multipleRecordLinks" -> links(field, value);
      case "multipleAttachments" -> attachments(field, value);
      default -> value.isNumber() || value.isBoolean() ? null : value;
    };
  }

  private @Nullable JsonNode barcode(JsonNode value) {
    if (value.isTextual() && typecast) {
      return Json.object().put("text", value.textValue());
    }
    return value.path("text").isTextual() ? value : null;
  }

  /** A name or e-mail alone is only taken with typecast. */
  private boolean isPerson(JsonNode value) {
    return value.isObject() || (typecast && value.isTextual());
  }

  private @Nullable JsonNode people(JsonNode value) {
    ArrayNode people = Json.array();
    for (JsonNode element : value) {
      ObjectNode person = People.find(element).orElse(null);
      if (person == null || !isPerson(element)) {
        return null;
      }
      people.add(person);
    }
    return value.isArray() ? people : null;
  }

  private @Nullable JsonNode links(SandboxField field, JsonNode value) {
    SandboxTable target = base.find(field.option("linkedTableId"));
    Iterable<JsonNode> elements = typecast && value.isTextual() ? List.of(value) : value;
    if (!value.isArray() && !(typecast && value.isTextual())) {
      return null;
    }
    Set<String> ids = new LinkedHashSet<>();
    for (JsonNode element : elements) {
      String id = element.isObject() ? element.path("id").asText() : element.asText();
      if (target != null && target.rows().find(id) == null) {
        if (!typecast || Ids.wellFormed("rec", id)) {
          throw ErrorReply.rowMissing(id);
        }
        id = target.named(id);
      }
      ids.add(id);
    }
    ArrayNode cell = Json.array();
    ids.forEach(cell::add);
    return cell;
  }

  private static @Nullable JsonNode attachments(SandboxField field, JsonNode value) {
    if (!value.isArray()) {
      return null;
    }
    ArrayNode cell = Json.array();
    for (JsonNode element : value) {
      boolean present = Ids.wellFormed("att", element.path("id").asText());
      String url = element.path("url").asText();
      if (!present && !url.startsWith("http")) {
        return null;
      }
      String id =
          present
              ? element.path("id").asText()
              : new Ids((field.id() + url).hashCode()).next("att");
      String name = element.path("filename").asText(url.substring(url.lastIndexOf('/') + 1));
      cell.addObject()
          .put("id", id)
          .put("url", url)
          .put("filename", name)
          .put("size", 1024L)
          .put("type", "application/octet-stream");
    }
    return cell;
  }
}
