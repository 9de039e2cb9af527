package io.reconciler.side.mapping;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads the default of a column in the column's type. */
final class DefaultValue {

  private DefaultValue() {}

  static @Nullable Object read(YamlMap source, PgType type) {
    Node node = source.node("default");
    if (node.getTag().equals(Tag.NULL)) {
      return null;
    }
    Object value = node instanceof ScalarNode scalar ? scalar(scalar, type) : list(node, type);
    if (value == null) {
      throw source.error(
          "default",
          "the default is no " + type.sql() + "; correct it (quote a text) or remove it");
    }
    return value;
  }

  /** The value in that type, or null if it is of another. */
  private static @Nullable Object scalar(ScalarNode node, PgType type) {
    String text = node.getValue();
    try {
      return switch (type.base()) {
        case VARCHAR, TEXT, CITEXT, ENUM ->
            isText(node) && TextCells.problem(text, type) == null ? text : null;
        case INTEGER -> node.getTag().equals(Tag.INT) ? (Object) Integer.valueOf(text) : null;
        case BOOLEAN -> truth(node);
        case SMALLINT, BIGINT, NUMERIC, DOUBLE_PRECISION -> number(node, type);
        case DATE -> LocalDate.parse(text);
        case TIMESTAMPTZ -> Timestamps.parse(text);
        case UUID -> UUID.fromString(text);
        case TEXT_ARRAY, UUID_ARRAY, BIGINT_ARRAY, JSONB -> null;
      };
    } catch (IllegalArgumentException | DateTimeException unreadable) {
      return null;
    }
  }

  private static @Nullable Object number(ScalarNode node, PgType type) {
    if (!node.getTag().equals(Tag.INT) && !node.getTag().equals(Tag.FLOAT)) {
      return null;
    }
    BigDecimal number = NumberCells.plain(new BigDecimal(node.getValue()));
    return NumberCells.problem(type, number) == null ? NumberCells.typed(type, number) : null;
  }

  private static @Nullable Boolean truth(ScalarNode node) {
    return switch (node.getTag().equals(Tag.BOOL) ? node.getValue() : "") {
      case "true" -> Boolean.TRUE;
      case "false" -> Boolean.FALSE;
      default -> null;
    };
  }

  private static @Nullable List<String> list(Node node, PgType type) {
    if (type.base() != PgType.Base.TEXT_ARRAY || !(node instanceof SequenceNode sequence)) {
      return null;
    }
    List<String> texts = new ArrayList<>();
    for (Node element : sequence.getValue()) {
      if (!(element instanceof ScalarNode scalar) || !isText(scalar)) {
        return null;
      }
      texts.add(scalar.getValue());
    }
    return List.copyOf(texts);
  }

  private static boolean isText(ScalarNode node) {
    return node.getTag().equals(Tag.STR);
  }
}
