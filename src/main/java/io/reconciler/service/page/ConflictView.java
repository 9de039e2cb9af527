package io.reconciler.service.page;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.side.mapping.FieldGroup;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A conflict side by side. Pure.
 *
 * @param group what it is about, by the names of its fields
 * @param said who won, in a few words
 * @param why the reason, in a sentence
 * @param settled what was done about it, empty while it is open
 */
record ConflictView(
    String id,
    String table,
    RowTitle title,
    String group,
    String winner,
    String said,
    String why,
    Instant detected,
    Instant airtableAt,
    Instant portalAt,
    String run,
    boolean open,
    String settled,
    List<Line> lines) {

  /** Airtable shows whole seconds. */
  private static final Duration TIE = Duration.ofSeconds(1);

  /** One field: what was agreed on, and what both sides made of it. */
  record Line(String field, String column, Value agreed, Side airtable, Side portal) {}

  /**
   * A side's value, and how it differs from what was agreed on.
   *
   * @param stands whether both sides hold it now
   */
  record Side(Value value, List<TextDiff.Part> parts, boolean changed, boolean stands) {}

  static ConflictView of(JsonNode entry, Mapping mapping, RowTitle title, LinkNames names) {
    String group = entry.path("fieldGroup").asText();
    String winner = entry.path("winner").asText();
    Instant airtable = time(entry, "airtableModifiedAt");
    Instant portal = time(entry, "portalModifiedAt");
    List<Line> lines = lines(entry, mapping, group, winner, names);
    return new ConflictView(
        entry.path("id").asText(),
        mapping.name(),
        title,
        names(lines, group),
        winner,
        said(winner),
        why(winner, entry.path("policy").asText(), airtable, portal),
        time(entry, "detectedAt"),
        airtable,
        portal,
        entry.path("runId").asText(),
        isOpen(entry),
        settled(entry),
        lines);
  }

  /** Whether both values were kept in one, so that either can be taken alone. */
  public boolean merged() {
    return winner.equals("merged");
  }

  private static boolean isOpen(JsonNode entry) {
    return entry.path("status").asText().equals("open");
  }

  private static String said(String winner) {
    return switch (winner) {
      case "airtable" -> "Airtable's value stands";
      case "portal" -> "The portal's value stands";
      default -> "Both were kept";
    };
  }

  static String why(String winner, String policy, Instant airtable, Instant portal) {
    if (winner.equals("merged")) {
      return "Both sides only added lines, so the lines of both were kept.";
    }
    String side = winner.equals("airtable") ? "Airtable" : "The portal";
    if (policy.equals(winner)) {
      return side + " always wins here, by the mapping.";
    }
    String start =
        policy.equals("merge-lines")
            ? "Lines were changed or taken away, so both could not be kept: "
            : "";
    return start + newer(winner, Duration.between(airtable, portal), start.isEmpty());
  }

  private static String newer(String winner, Duration portalLater, boolean begins) {
    if (portalLater.abs().compareTo(TIE) < 0) {
      return (begins ? "Both" : "both")
          + " edits are of the same second, and then Airtable's counts.";
    }
    String by = Format.span(portalLater.abs());
    String who = winner.equals("airtable") ? "Airtable's edit" : "the portal's edit";
    String said = begins ? Character.toUpperCase(who.charAt(0)) + who.substring(1) : who;
    boolean later = winner.equals("portal") == !portalLater.isNegative();
    return later ? said + " is " + by + " newer." : said + " was chosen, though it is older.";
  }

  private static String settled(JsonNode entry) {
    String by = entry.path("settledBy").asText("");
    return switch (entry.path("status").asText()) {
      case "open" -> "";
      case "settled" -> "settled by itself: " + by;
      case "applied" -> "the other value was applied by " + by;
      default -> "left as it is by " + by;
    };
  }

  private static String names(List<Line> lines, String group) {
    Set<String> names = new LinkedHashSet<>();
    lines.forEach(line -> names.add(line.field()));
    return names.isEmpty() ? group : String.join(", ", names);
  }

  private static List<Line> lines(
      JsonNode entry, Mapping mapping, String group, String winner, LinkNames names) {
    String client = entry.path("clientId").asText();
    List<Line> lines = new ArrayList<>();
    for (String column : columns(entry, mapping, group)) {
      FieldMapping field = Fields.of(mapping, column);
      JsonNode agreed = names.in(field, client, entry.path("agreed").path(column));
      JsonNode airtable = names.in(field, client, entry.path("airtable").path(column));
      JsonNode portal = names.in(field, client, entry.path("portal").path(column));
      lines.add(
          new Line(
              Fields.name(field, column),
              column,
              Value.of(field, agreed),
              side(field, agreed, airtable, winner.equals("airtable")),
              side(field, agreed, portal, winner.equals("portal"))));
    }
    return lines;
  }

  private static Set<String> columns(JsonNode entry, Mapping mapping, String group) {
    Set<String> columns = new LinkedHashSet<>();
    mapping.groups().stream()
        .filter(known -> known.name().equals(group))
        .map(FieldGroup::fields)
        .forEach(fields -> fields.forEach(field -> columns.add(field.column())));
    entry.path("airtable").fieldNames().forEachRemaining(columns::add);
    entry.path("portal").fieldNames().forEachRemaining(columns::add);
    return columns;
  }

  private static Side side(
      @Nullable FieldMapping field, JsonNode agreed, JsonNode value, boolean stands) {
    boolean changed = !text(agreed).equals(text(value));
    Value shown = Value.of(field, value);
    boolean texts =
        changed && shown.kind() == Value.Kind.TEXT && agreed.isTextual() && value.isTextual();
    return new Side(
        shown,
        texts && isProse(field) ? TextDiff.of(agreed.textValue(), value.textValue()) : List.of(),
        changed,
        stands);
  }

  private static boolean isProse(@Nullable FieldMapping field) {
    return field != null
        && switch (field.type().base()) {
          case TEXT, VARCHAR, CITEXT -> true;
          default -> false;
        };
  }

  private static String text(JsonNode value) {
    return value.isNull() || value.isMissingNode() ? "" : value.asText(value.toString());
  }

  private static Instant time(JsonNode entry, String name) {
    String text = entry.path(name).asText("");
    return text.isEmpty() ? Instant.EPOCH : Instant.parse(text);
  }
}
