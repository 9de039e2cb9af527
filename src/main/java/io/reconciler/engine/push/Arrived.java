package io.reconciler.engine.push;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.decide.GroupValues;
import io.reconciler.engine.apply.plan.IncomingRecord;
import io.reconciler.side.airtable.AirtableException;
import io.reconciler.side.airtable.AirtableRecord;
import io.reconciler.side.mapping.FieldGroup;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.text.Plain;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether what was sent of a record is in Airtable's answer. A field that shows what it held before
 * was not written: to take that for a later edit of Airtable's would set the portal back, and
 * nobody would know. Pure.
 */
final class Arrived {

  private static final Set<String> REWRITTEN =
      Set.of("phoneNumber", "singleSelect", "email", "url");

  private final Push push;
  private final AirtableRecord shown;
  private final IncomingRecord read;

  /** Of this change, when Airtable answers with this record, which is read so. */
  Arrived(Push push, AirtableRecord shown, IncomingRecord read) {
    this.push = push;
    this.shown = shown;
    this.read = read;
  }

  /**
   * Makes sure of each field that was sent.
   *
   * @throws AirtableException.Rejected when one is empty, or as it was before
   */
  void ensure(List<FieldGroup> groups) {
    push.fields().forEach(this::ensureKept);
    groups.stream()
        .filter(group -> push.cells().containsKey(group.name()))
        .forEach(group -> group.fields().forEach(field -> ensureWritten(group, field)));
  }

  // An empty cell where something was sent is no edit of Airtable's.
  private void ensureKept(String field, JsonNode sent) {
    JsonNode cell = shown.cell(field);
    if (holds(sent) && (cell == null || !holds(cell))) {
      throw AirtableException.Rejected.notKept(field);
    }
  }

  private void ensureWritten(FieldGroup group, FieldMapping field) {
    String name = Objects.requireNonNull(field.airtableField());
    JsonNode sent = push.fields().get(name);
    boolean wasRead = read.columns().anyMatch(field.column()::equals);
    if (sent != null && wasRead && !sent.equals(shown.cell(name)) && isAsBefore(group, field)) {
      throw AirtableException.Rejected.notWritten(name);
    }
  }

  private boolean isAsBefore(FieldGroup group, FieldMapping field) {
    GroupValues before = push.before().get(group.name());
    GroupValues sent = push.values().get(group.name());
    Object now = read.group(group).get(field.column());
    return before != null
        && sent != null
        && Objects.equals(now, before.get(field.column()))
        && !isFormOf(sent.get(field.column()), now, field);
  }

  /**
   * Whether Airtable could have made this of what was sent: it trims texts, rounds numbers, writes
   * telephone numbers its own way and takes an option whatever its case.
   */
  private static boolean isFormOf(@Nullable Object sent, @Nullable Object now, FieldMapping field) {
    if (sent instanceof BigDecimal number && now instanceof BigDecimal rounded) {
      int digits = Math.max(0, rounded.scale());
      return number.setScale(digits, RoundingMode.HALF_UP).compareTo(rounded) == 0;
    }
    if (sent instanceof List<?> texts && now instanceof List<?> others) {
      return trimmed(texts).equals(trimmed(others));
    }
    return sent instanceof String text
        && (now == null || now instanceof String)
        && bare(text, field).equals(bare(Objects.requireNonNullElse((String) now, ""), field));
  }

  private static String bare(String text, FieldMapping field) {
    return REWRITTEN.contains(Objects.requireNonNullElse(field.airtableType(), ""))
        ? Plain.bare(text)
        : text.strip();
  }

  private static Set<String> trimmed(List<?> texts) {
    return texts.stream().map(text -> String.valueOf(text).strip()).collect(Collectors.toSet());
  }

  // Airtable shows an unchecked box, a blank text and an empty list as no cell at all.
  private static boolean holds(JsonNode cell) {
    return switch (cell.getNodeType()) {
      case STRING -> !cell.textValue().isBlank();
      case BOOLEAN -> cell.booleanValue();
      case ARRAY, OBJECT -> !cell.isEmpty();
      default -> cell.isNumber();
    };
  }
}
