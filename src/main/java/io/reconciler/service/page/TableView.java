package io.reconciler.service.page;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.Owner;
import io.reconciler.text.Counted;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A mapping as it is shown. Pure.
 *
 * @param rows about how many rows there are here, as PostgreSQL's statistics have it; null: unknown
 * @param listed what the last full sweep of each client counted in Airtable; null before the first
 * @param said who owns how many fields, in words
 */
record TableView(
    Mapping mapping, @Nullable Long rows, @Nullable Listed listed, String said, List<Line> lines) {

  /**
   * How many records Airtable had.
   *
   * @param at when the oldest of the listings was that say so
   */
  record Listed(long records, Instant at) {

    static Listed of(ResultSet row, int number) throws SQLException {
      return new Listed(row.getLong("records"), Objects.requireNonNull(RunRow.instant(row, "at")));
    }
  }

  /**
   * One field.
   *
   * @param present Airtable's current type of it, or empty when nobody asked
   * @param missing since when the field is gone from Airtable, or null
   */
  record Line(
      String field,
      String column,
      String type,
      String conversion,
      String owner,
      String present,
      boolean computed,
      @Nullable Instant missing) {}

  /** With what Airtable's metadata said of the fields, by column. */
  static TableView of(
      Mapping mapping, @Nullable Long rows, @Nullable Listed listed, Map<String, JsonNode> known) {
    List<Line> lines = new ArrayList<>();
    for (FieldMapping field : mapping.fields()) {
      lines.add(line(mapping, field, known.get(field.column())));
    }
    return new TableView(mapping, rows, listed, said(mapping), lines);
  }

  private static String said(Mapping mapping) {
    long airtable = mapping.fields().stream().filter(f -> f.owner() == Owner.AIRTABLE).count();
    long portal = mapping.portalFields().size();
    return portal == 0
        ? Counted.of(airtable, "field comes", "fields come") + " from Airtable; none goes back."
        : "%s from Airtable, %s both ways."
            .formatted(
                Counted.of(airtable, "field comes", "fields come"),
                Counted.of(portal, "goes", "go"));
  }

  private static Line line(Mapping mapping, FieldMapping field, @Nullable JsonNode known) {
    String name = Fields.name(field, "–");
    return new Line(
        known == null ? name : known.path("field_name").asText(name),
        field.column(),
        field
            .type()
            .base()
            .name()
            .toLowerCase(Locale.ROOT)
            .replace("_array", "[]")
            .replace('_', ' '),
        field.conversion().kind().name().toLowerCase(Locale.ROOT),
        RecordView.owner(field, mapping),
        known == null ? "" : words(known.path("field_type").asText("")),
        known == null ? field.computed() : known.path("computed").asBoolean(),
        known == null ? null : Value.time(known.path("missing_since").asText("")));
  }

  /** Airtable's name of a type, with blanks: {@code singleLineText} is single line text. */
  static String words(String type) {
    return type.replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
  }
}
