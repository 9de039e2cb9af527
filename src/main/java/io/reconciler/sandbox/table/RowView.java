package io.reconciler.sandbox.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.reconciler.sandbox.formula.Dates;
import io.reconciler.sandbox.formula.FormulaRecord;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** How a row looks from outside: to a reader and to a formula. */
public final class RowView {

  private final Schema schema;
  private final Computed computed;
  private final Clock clock;

  RowView(Schema schema, Computed computed, Clock clock) {
    this.schema = schema;
    this.computed = computed;
    this.clock = clock;
  }

  /**
   * Rounds to the nearest second, so a time can lie half a second ahead (inferred; UNCONFIRMED).
   */
  public static Instant shown(Instant exact) {
    return exact.plusMillis(500).truncatedTo(ChronoUnit.SECONDS);
  }

  public ObjectNode record(Row row, Collection<SandboxField> fields, Form form) {
    ObjectNode record = Json.object().put("id", row.id());
    record.put("createdTime", Dates.iso(shown(row.created())));
    return record.set("fields", Json.object().setAll(cells(row, fields, form)));
  }

  /** Returns the cells that are not empty. */
  Map<String, JsonNode> cells(Row row, Collection<SandboxField> fields, Form form) {
    Map<String, JsonNode> cells = new LinkedHashMap<>();
    for (SandboxField field : fields) {
      JsonNode value = cell(row, field);
      if (value != null) {
        cells.put(
            form.byId() ? field.id() : field.name(),
            form.asText() ? TextNode.valueOf(text(value)) : value);
      }
    }
    return cells;
  }

  /** Which keys and values a reader asked for. */
  public record Form(boolean byId, boolean asText) {

    static final Form NAMES = new Form(false, false);
  }

  /** Returns the cell as the API shows it, or null when it is empty. */
  @Nullable JsonNode cell(Row row, SandboxField field) {
    if (computed.has(field)) {
      return computed.cell(row, field, this);
    }
    JsonNode stored = row.cell(field.id());
    return switch (field.type()) {
      case "lastModifiedTime" -> moment(field, row.modified(schema.watchedBy(field)));
      case "createdTime" -> moment(field, row.created());
      case "autoNumber" -> LongNode.valueOf(row.number());
      case "createdBy" -> stored == null ? People.person(row.creator()) : stored;
      case "lastModifiedBy" -> stored == null ? People.person(row.editor()) : stored;
      default -> stored == null ? null : Computed.shown(field, stored, clock.instant());
    };
  }

  private static JsonNode moment(SandboxField field, Instant exact) {
    String iso = Dates.iso(shown(exact));
    return TextNode.valueOf(field.resultType().equals("date") ? iso.substring(0, 10) : iso);
  }

  /** Returns what a formula sees of the row. */
  public FormulaRecord forFormula(Row row, Instant now) {
    return new RowFormula(row, schema, this, now);
  }

  /** Returns the cell as a String, Double, Boolean or Instant; null when it is empty. */
  public @Nullable Object formulaValue(Row row, SandboxField field) {
    JsonNode value = cell(row, field);
    if (value == null) {
      return null;
    }
    if (value.isNumber()) {
      return value.asDouble();
    }
    if (value.isBoolean()) {
      return value.booleanValue();
    }
    boolean dated = isMoment(field.type()) || isMoment(field.resultType());
    Instant moment = dated && value.isTextual() ? Dates.parse(value.textValue()) : null;
    return moment == null ? text(value) : moment;
  }

  private static boolean isMoment(String type) {
    return type.equals("dateTime") || type.equals("date");
  }

  static String text(JsonNode value) {
    if (value.isArray()) {
      return StreamSupport.stream(value.spliterator(), false)
          .map(RowView::text)
          .collect(Collectors.joining(", "));
    }
    return value.isContainerNode() ? value.toString() : value.asText();
  }
}
