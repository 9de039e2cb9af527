package io.reconciler.engine.field;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reconciler.side.mapping.AirtableTypes;
import io.reconciler.side.postgres.OneColumn;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A mapped field and the Airtable field that it stands for.
 *
 * @param column the column that it feeds
 * @param reference the name or id in the mapping
 * @param id Airtable's id, null when the field is gone or was never seen
 * @param name its name when it was last seen
 * @param type its type when it was last seen, empty when not known
 * @param computed whether Airtable computes it without moving the modification time
 * @param choices the options of a select when it was last seen; empty for other types
 * @param missingSince what was modified since then was pulled without it; null when nothing was
 * @param lastId the id under which it was last there, also while it is gone: what was agreed on is
 *     about that field. Empty when it was gone before this was kept, and while its type does not
 *     fit. Null when it was never there
 * @param place the table and the number of the column in PostgreSQL's catalog, {@code 16412/7},
 *     which it keeps when it is renamed, and for links the table that they point at, {@code
 *     16412/7/16398}; null when not known
 */
public record BoundField(
    String column,
    String reference,
    @Nullable String id,
    String name,
    String type,
    boolean computed,
    List<String> choices,
    @Nullable Instant missingSince,
    @Nullable String lastId,
    @Nullable String place) {

  public BoundField {
    choices = List.copyOf(choices);
  }

  /** Reads a row of {@code reconciler.field}. */
  static BoundField of(JsonNode row) {
    JsonNode since = row.path("missing_since");
    return new BoundField(
        row.path("column_name").asText(),
        row.path("reference").asText(),
        row.path("field_id").textValue(),
        row.path("field_name").asText(),
        row.path("field_type").asText(),
        row.path("computed").asBoolean(),
        OneColumn.elements(row.path("choices")),
        since.isTextual() ? OffsetDateTime.parse(since.asText()).toInstant() : null,
        row.hasNonNull("last_id") ? row.get("last_id").asText() : row.path("field_id").textValue(),
        row.path("place").textValue());
  }

  /** One that was not looked for in Airtable yet under the reference that it has now. */
  static BoundField unseen(
      String column,
      String reference,
      boolean computed,
      @Nullable Instant since,
      @Nullable String lastId,
      @Nullable String place) {
    return new BoundField(
        column, reference, null, reference, "", computed, List.of(), since, lastId, place);
  }

  /** As this metadata of its table shows it; unbound if it does not. */
  BoundField in(Metadata table, boolean declaredComputed) {
    return table
        .field(reference, id)
        .map(
            found ->
                new BoundField(
                    column,
                    reference,
                    found.id(),
                    found.name(),
                    found.type(),
                    declaredComputed || AirtableTypes.recalculated(found.type()),
                    found.choices(),
                    missingSince,
                    found.id(),
                    place))
        .orElseGet(this::unbound);
  }

  void write(ObjectNode row) {
    row.put("column_name", column)
        .put("reference", reference)
        .put("field_id", id)
        .put("field_name", name)
        .put("field_type", type)
        .put("computed", computed)
        .put("missing_since", missingSince == null ? null : missingSince.toString())
        .put("last_id", lastId)
        .put("place", place);
    ArrayNode options = row.putArray("choices");
    choices.forEach(options::add);
  }

  boolean isBound() {
    return id != null;
  }

  /** Whether it is there, and does not serve its column as it is. */
  boolean isMisfit() {
    return id != null && "".equals(lastId);
  }

  /** The same, which does not serve its column: all of it is to be read once it does. */
  BoundField misfit() {
    return new BoundField(
        column, reference, id, name, type, computed, choices, Instant.EPOCH, "", place);
  }

  boolean isUnseen() {
    return id == null && type.isEmpty() && missingSince == null;
  }

  /** Whether it is another one than that field, though it feeds the same column. */
  boolean replaces(BoundField before) {
    return before.lastId != null
        && lastId != null
        && !lastId.isEmpty()
        && !before.lastId.equals(lastId)
        && !fitsAgain(before);
  }

  /** Whether it is that field, which did not serve its column and does now. */
  private boolean fitsAgain(BoundField before) {
    return before.isMisfit() && !isMisfit() && Objects.equals(id, before.id);
  }

  /** Whether it is that field, and its cells may be others than its records were modified for. */
  boolean isConverted(BoundField before) {
    boolean otherType =
        !type.isEmpty()
            && !before.type.isEmpty()
            && !before.type.equals(type)
            && Objects.equals(lastId, before.lastId);
    return id != null && !isMisfit() && (otherType || fitsAgain(before));
  }

  /**
   * Whether its column is another one than that field's, dropped and made anew under its name. A
   * whole table in another's place is looked at as a whole.
   */
  boolean isInAnotherColumn(BoundField before) {
    return place != null
        && before.place != null
        && !ColumnPlaces.column(place).equals(ColumnPlaces.column(before.place))
        && ColumnPlaces.table(place).equals(ColumnPlaces.table(before.place));
  }

  /** The same, fed into that column of the catalog. */
  BoundField at(@Nullable String found) {
    return new BoundField(
        column, reference, id, name, type, computed, choices, missingSince, lastId, found);
  }

  BoundField missing(@Nullable Instant since) {
    return new BoundField(
        column, reference, id, name, type, computed, choices, since, lastId, place);
  }

  BoundField unbound() {
    return new BoundField(
        column, reference, null, name, type, computed, choices, missingSince, lastId, place);
  }
}
