package io.reconciler.side.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.reconciler.decide.Unconvertible;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One mapped field: a column, the Airtable field it belongs to, and the way between them.
 *
 * @param column the column's name
 * @param type the column's type
 * @param notNull true if the column must have a value
 * @param defaultValue what an empty cell becomes, in the column's type; null is empty
 * @param airtableField the Airtable field's name or id; null for the engine's own column
 * @param airtableType the Airtable field's type; null for the engine's own column, and where the
 *     mapping leaves it to the base's metadata
 * @param conversion how a cell becomes a value
 * @param owner the side whose word counts
 * @param group the field group of a portal-owned field; null for every other
 * @param computed whether Airtable computes the field without moving the modification time
 */
public record FieldMapping(
    String column,
    PgType type,
    boolean notNull,
    @Nullable Object defaultValue,
    @Nullable String airtableField,
    @Nullable String airtableType,
    Conversion conversion,
    Owner owner,
    @Nullable String group,
    boolean computed) {

  private static final ObjectMapper CELLS =
      new ObjectMapper().setNodeFactory(JsonNodeFactory.withExactBigDecimals(true));

  /** The same, computed if the type is one that Airtable computes again and again. */
  public FieldMapping(
      String column,
      PgType type,
      boolean notNull,
      @Nullable Object defaultValue,
      @Nullable String airtableField,
      @Nullable String airtableType,
      Conversion conversion,
      Owner owner,
      @Nullable String group) {
    this(
        column,
        type,
        notNull,
        defaultValue,
        airtableField,
        airtableType,
        conversion,
        owner,
        group,
        airtableType != null && AirtableTypes.recalculated(airtableType));
  }

  /** The same in a column of this type. */
  public FieldMapping withType(PgType other) {
    return new FieldMapping(
        column,
        other,
        notNull,
        defaultValue,
        airtableField,
        airtableType,
        conversion,
        owner,
        group,
        computed);
  }

  /** The value of that cell, or why it has none; null stands for an absent cell. Never throws. */
  public Converted convert(@Nullable JsonNode cell) {
    return CellConverter.convert(this, cell);
  }

  /** The same, where the column can hold nothing but these labels, unless there are none. */
  public Converted convert(@Nullable JsonNode cell, List<String> labels) {
    Converted converted = convert(cell);
    if (cell == null || labels.isEmpty() || !(converted instanceof Converted.Value value)) {
      return converted;
    }
    List<String> unknown = new ArrayList<>();
    for (Object text :
        value.value() instanceof List<?> list ? list : Stream.ofNullable(value.value()).toList()) {
      if (text instanceof String label && !labels.contains(label)) {
        unknown.add(label);
      }
    }
    return unknown.isEmpty() ? converted : CellFailures.noLabel(unknown, type, labels, cell);
  }

  /** The form in which two values of this field are compared; null is empty. */
  public @Nullable Object normalise(@Nullable Object value) {
    return NormalForm.of(this, value);
  }

  /**
   * What to send to Airtable for that value: String, Integer, Boolean, or null to clear the cell.
   *
   * @throws IllegalArgumentException if the value is not of the column's type
   */
  public @Nullable Object toCell(@Nullable Object value) {
    return value == null ? null : AirtableCell.of(this, value);
  }

  /** The same as JSON; numbers keep their zeros: 886190 and not 8.8619E+5. */
  public JsonNode toCellJson(@Nullable Object value) {
    return CELLS.valueToTree(toCell(value));
  }

  /**
   * The value of that JSON, as PostgreSQL or {@link #toJson} wrote it; null is empty, and what is
   * outside of the field's domain, such as infinity, is an {@link Unconvertible}.
   */
  public @Nullable Object fromJson(@Nullable JsonNode json) {
    return StoredJson.read(this, json);
  }

  /**
   * The value that both sides agreed on, as {@link #toJson} wrote it, maybe for a column of another
   * type: what is not of this one is what a cell that holds it becomes now.
   */
  public @Nullable Object fromAgreed(@Nullable JsonNode json) {
    Object value = fromJson(json);
    return value instanceof Unconvertible
            && !isLinked()
            && convert(json) instanceof Converted.Value now
        ? now.value()
        : value;
  }

  /**
   * The value as JSON that PostgreSQL reads in the column's type, microseconds kept; null is empty.
   *
   * @throws IllegalArgumentException if the value is not of a mapped type
   */
  public @Nullable JsonNode toJson(@Nullable Object value) {
    return value == null ? null : StoredJson.write(this, value);
  }

  /**
   * The value as {@link #fromJson} read it, for the column: what it could not read as it stands.
   */
  public @Nullable JsonNode toColumn(@Nullable Object value) {
    return value instanceof Unconvertible bad ? StoredJson.stored(bad) : toJson(value);
  }

  /** Whether the column holds keys of another mapping's rows, which travel as record ids. */
  public boolean isLinked() {
    return conversion.kind() == Conversion.Kind.LINK && conversion.to() != null;
  }

  /** What an empty cell becomes, which Airtable can't tell from an absent one. */
  @Nullable Object whenEmpty() {
    return switch (conversion.kind()) {
      // An unchecked box is absent in Airtable's answer, whatever the column's default.
      case BOOLEAN -> false;
      case EXISTENCE -> true;
      // A cleared cell of the portal's is a value of its own: a default would undo an unclaim.
      default -> owner == Owner.PORTAL && !notNull ? null : defaultValue;
    };
  }

  /** Whether a value is what an empty cell becomes: null, false, or the mapping's default. */
  public boolean isEmpty(@Nullable Object value) {
    Object normal = normalise(value);
    return normal == null || normal.equals(false) || normal.equals(normalise(defaultValue));
  }
}
