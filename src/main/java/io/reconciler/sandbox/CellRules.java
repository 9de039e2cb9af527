package io.reconciler.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.reconciler.sandbox.formula.Dates;
import io.reconciler.sandbox.table.ErrorReply;
import io.reconciler.sandbox.table.Json;
import io.reconciler.sandbox.table.SandboxBase;
import io.reconciler.sandbox.table.SandboxField;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashSet;
import java.util.Set;

/** What the API accepts as a value of each field type. */
final class CellRules {

  /** UNCONFIRMED, number and error alike. */
  private static final int LONGEST_TEXT = 100_000;

  private final boolean typecast;
  private final Cells cells;

  CellRules(SandboxBase base, boolean typecast) {
    this.typecast = typecast;
    this.cells = new Cells(base, typecast);
  }

  /** Returns the value as it is stored; throws the API's error for one the field refuses. */
  JsonNode accept(SandboxField field, JsonNode value) {
    if (field.computed()) {
      throw refused(field, "cannot accept a value because the field is computed");
    }
    if (value.isNull()) {
      // A cleared rich text reads as a line break.
      return field.type().equals("richText") ? TextNode.valueOf("\n") : value;
    }
    return switch (field.type()) {
      case "singleLineText", "multilineText", "richText", "email", "url", "phoneNumber" ->
          text(field, value);
      case "number", "percent", "currency", "duration" -> number(field, value);
      case "rating" -> rating(field, value);
      case "checkbox" -> flag(field, value);
      case "singleSelect" -> choice(field, value);
      case "multipleSelects" -> choices(field, value);
      case "dateTime" -> moment(field, value);
      case "date" -> day(field, value);
      default -> structured(field, value);
    };
  }

  private JsonNode text(SandboxField field, JsonNode value) {
    boolean readable = value.isTextual() || (typecast && value.isValueNode());
    if (!readable || value.asText().length() > LONGEST_TEXT) {
      throw refused(field);
    }
    return TextNode.valueOf(value.asText());
  }

  private JsonNode number(SandboxField field, JsonNode value) {
    if (value.isNumber()) {
      return Json.number(value);
    }
    if (!typecast || !value.isTextual()) {
      throw refused(field);
    }
    try {
      return Json.number(DoubleNode.valueOf(Double.parseDouble(value.textValue())));
    } catch (NumberFormatException e) {
      throw refused(field);
    }
  }

  private JsonNode rating(SandboxField field, JsonNode value) {
    JsonNode number = number(field, value);
    int most = field.options().path("max").asInt(5);
    if (!number.isIntegralNumber() || number.asInt() < 0 || number.asInt() > most) {
      throw refused(field);
    }
    return number;
  }

  private JsonNode flag(SandboxField field, JsonNode value) {
    if (value.isBoolean()) {
      return value;
    }
    if (!typecast) {
      throw refused(field);
    }
    return BooleanNode.valueOf(value.asBoolean() || value.asText().equals("1"));
  }

  private JsonNode choice(SandboxField field, JsonNode value) {
    if (!value.isTextual()) {
      throw refused(field);
    }
    String name = value.textValue();
    if (typecast || field.choices().contains(name)) {
      return value;
    }
    // The doubled quotes are what most reports show; an empty text is refused alike.
    throw ErrorReply.unprocessable(
        "INVALID_MULTIPLE_CHOICE_OPTIONS",
        "Insufficient permissions to create new select option \"\"" + name + "\"\"");
  }

  private JsonNode choices(SandboxField field, JsonNode value) {
    if (value.isTextual() && typecast) {
      return Json.array().add(choice(field, value));
    }
    if (!value.isArray()) {
      throw refused(field);
    }
    Set<JsonNode> once = new LinkedHashSet<>();
    value.forEach(entry -> once.add(choice(field, entry)));
    ArrayNode choices = Json.array();
    once.forEach(choices::add);
    return choices;
  }

  private static JsonNode moment(SandboxField field, JsonNode value) {
    if (value.isIntegralNumber()) {
      return TextNode.valueOf(Dates.iso(Instant.ofEpochMilli(value.longValue())));
    }
    Instant moment = value.isTextual() ? Dates.parse(value.textValue()) : null;
    if (moment == null) {
      throw badDate(field, value);
    }
    return TextNode.valueOf(Dates.iso(moment));
  }

  private static JsonNode day(SandboxField field, JsonNode value) {
    try {
      return TextNode.valueOf(LocalDate.parse(value.asText()).toString());
    } catch (DateTimeParseException e) {
      throw badDate(field, value);
    }
  }

  private JsonNode structured(SandboxField field, JsonNode value) {
    JsonNode accepted = cells.accept(field, value);
    if (accepted == null) {
      throw refused(field);
    }
    return accepted;
  }

  private static ErrorReply badDate(SandboxField field, JsonNode value) {
    String text = value.isTextual() ? value.textValue() : value.toString();
    return ErrorReply.unprocessable(
        "INVALID_VALUE_FOR_COLUMN",
        "Cannot parse date value \"" + text + "\" for field " + field.name());
  }

  private static ErrorReply refused(SandboxField field) {
    return refused(field, "cannot accept the provided value");
  }

  private static ErrorReply refused(SandboxField field, String why) {
    return ErrorReply.unprocessable(
        "INVALID_VALUE_FOR_COLUMN", "Field \"" + field.name() + "\" " + why);
  }
}
