package io.reconciler.service.page;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.engine.apply.plan.IncomingRecord;
import io.reconciler.side.mapping.Converted;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.GoneText;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.Owner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A record on both sides, field by field. Pure.
 *
 * @param asked whether Airtable was asked
 * @param there whether it has the record
 * @param differ how many fields differ
 */
record RecordView(
    boolean asked,
    boolean there,
    boolean here,
    long differ,
    List<Line> lines,
    String said,
    Tone tone) {

  /**
   * One field.
   *
   * @param problem why Airtable's cell fits no column, or empty
   * @param since the last change of it that is kept, or null
   */
  record Line(
      String field,
      String column,
      String owner,
      Value airtable,
      Value here,
      Value agreed,
      boolean differs,
      String problem,
      @Nullable ChangeView since) {}

  /** The row and what was agreed on, before Airtable is asked. */
  static RecordView of(
      Mapping mapping,
      @Nullable JsonNode row,
      @Nullable JsonNode agreed,
      List<ChangeView> history,
      @Nullable String client,
      LinkNames names) {
    return of(mapping, row, agreed, history, false, null, client, names);
  }

  /** With what Airtable holds; null when it has no such record. */
  static RecordView of(
      Mapping mapping,
      @Nullable JsonNode row,
      @Nullable JsonNode agreed,
      List<ChangeView> history,
      boolean asked,
      @Nullable IncomingRecord record,
      @Nullable String client,
      LinkNames names) {
    List<Line> lines = new ArrayList<>();
    for (FieldMapping field : mapping.fields()) {
      lines.add(
          line(
              mapping,
              field,
              row,
              agreed,
              history,
              record,
              value -> named(field, client, value, names)));
    }
    long differ = lines.stream().filter(Line::differs).count();
    boolean active = row == null || isActive(mapping, row);
    return new RecordView(
        asked,
        record != null,
        row != null,
        differ,
        lines,
        said(mapping, asked, record != null, row != null, active, differ),
        differ == 0 && row != null && active && (record != null || !asked) ? Tone.CALM : Tone.WARN);
  }

  private static boolean isActive(Mapping mapping, JsonNode row) {
    return mapping.existence().map(field -> row.path(field.column()).asBoolean(true)).orElse(true);
  }

  private static String said(
      Mapping mapping, boolean asked, boolean there, boolean here, boolean active, long differ) {
    if (!asked) {
      return here
          ? "Asking Airtable for the other side …"
          : "It is not in PostgreSQL. Asking Airtable …";
    }
    if (!there && !here) {
      return "Neither side has this record.";
    }
    if (!there) {
      return gone(mapping, active);
    }
    if (!here) {
      return "Airtable has it, PostgreSQL does not: the next full sweep brings it over.";
    }
    if (differ == 0) {
      return "Both sides hold the same.";
    }
    return differ == 1 ? "One field differs." : differ + " fields differ.";
  }

  private static String gone(Mapping mapping, boolean active) {
    if (!active) {
      return GoneText.of(
          "The record is gone from Airtable, so it is inactive here.", mapping.filter());
    }
    return mapping.filter() == null
        ? "Airtable does not have this record any more; the next full sweep makes it inactive here."
        : "Airtable does not have this record any more, or "
            + GoneText.FILTERED
            + "; the next full sweep makes it inactive here.";
  }

  private static Line line(
      Mapping mapping,
      FieldMapping field,
      @Nullable JsonNode row,
      @Nullable JsonNode agreed,
      List<ChangeView> history,
      @Nullable IncomingRecord record,
      UnaryOperator<@Nullable JsonNode> named) {
    String column = field.column();
    JsonNode here = row == null ? null : row.path(column);
    Converted.Failed failed = record == null ? null : record.failures().get(column);
    boolean read = record != null && record.values().containsKey(column);
    Object there = record == null ? null : record.values().get(column);
    boolean differs =
        failed != null
            || (read
                && row != null
                && field.airtableField() != null
                && !Objects.equals(field.normalise(there), field.normalise(field.fromJson(here))));
    JsonNode known =
        agreed == null || field.group() == null ? null : agreed.path(field.group()).path(column);
    return new Line(
        Fields.name(field, column),
        column,
        owner(field, mapping),
        airtable(field, failed, there, named),
        Value.of(field, named.apply(here)),
        Value.of(field, named.apply(known)),
        differs,
        failed == null ? "" : failed.reason(),
        since(column, history));
  }

  private static Value airtable(
      FieldMapping field,
      Converted.@Nullable Failed failed,
      @Nullable Object there,
      UnaryOperator<@Nullable JsonNode> named) {
    return failed == null
        ? Value.of(field, named.apply(field.toColumn(there)))
        : Value.text(Letters.plain(failed.raw()));
  }

  private static @Nullable JsonNode named(
      FieldMapping field, @Nullable String client, @Nullable JsonNode value, LinkNames names) {
    return value == null ? null : names.in(field, client, value);
  }

  static String owner(FieldMapping field, Mapping mapping) {
    if (field.owner() == Owner.ENGINE) {
      return "kept by the engine";
    }
    if (field.owner() == Owner.AIRTABLE) {
      return "Airtable's";
    }
    return mapping.groups().stream()
        .filter(group -> group.name().equals(field.group()))
        .map(group -> "both ways: " + policy(group.policy().label()))
        .findFirst()
        .orElse("both ways");
  }

  static String policy(String label) {
    return switch (label) {
      case "newest" -> "the newer edit wins";
      case "airtable" -> "Airtable wins";
      case "portal" -> "the portal wins";
      default -> "both sides' lines are kept";
    };
  }

  private static @Nullable ChangeView since(String column, List<ChangeView> history) {
    return history.stream()
        .filter(change -> change.row().changes().has(column))
        .findFirst()
        .orElse(null);
  }

  /** When the row was last edited, for a person. */
  static @Nullable Instant edited(Mapping mapping, @Nullable JsonNode row) {
    String column = mapping.postgres().updatedAt();
    return row == null || column == null ? null : Value.time(row.path(column).asText(""));
  }
}
