package io.reconciler.side.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.side.mapping.Converted.Value;
import org.jspecify.annotations.Nullable;

/** Turns a cell of Airtable's JSON into a value of the column's type. */
final class CellConverter {

  private CellConverter() {}

  static Converted convert(FieldMapping field, @Nullable JsonNode cell) {
    if (cell == null || isEmpty(cell)) {
      return new Value(field.whenEmpty());
    }
    return switch (field.conversion().kind()) {
      case TEXT ->
          field.type().base() == PgType.Base.UUID
              ? PlainCells.uuid(cell)
              : TextCells.text(field, cell);
      case CHOICE -> TextCells.choice(field, cell);
      case TAGS -> TextCells.tags(field, cell);
      case OPTIONS -> ListCells.options(field, cell);
      case PERSON -> ListCells.people(field, cell);
      case LINK -> ListCells.links(field, cell);
      case JSON -> JsonCells.json(cell);
      case INTEGER -> PlainCells.integer(cell);
      case NUMBER -> NumberCells.number(field.type(), cell);
      case DATE -> PlainCells.date(cell);
      case BOOLEAN -> PlainCells.checkbox(cell);
      case TIMESTAMP -> PlainCells.timestamp(cell);
      case UUID -> PlainCells.uuid(cell);
      case EXISTENCE -> new Value(field.whenEmpty());
    };
  }

  private static boolean isEmpty(JsonNode cell) {
    return cell.isNull() || cell.isMissingNode() || (cell.isTextual() && cell.asText().isEmpty());
  }
}
