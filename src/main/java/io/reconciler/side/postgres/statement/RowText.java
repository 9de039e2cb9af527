package io.reconciler.side.postgres.statement;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.UsualTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The values of a row as one text, just as PostgreSQL writes a row: two texts are the same only if
 * all of their values are. To compare it takes a third of what it takes to read and compare values.
 */
public final class RowText {

  /** What PostgreSQL puts a value of a row into quotes for. */
  private static final boolean[] QUOTED = new boolean[128];

  static {
    for (char unit : "\"\\(), \t\n\u000b\f\r".toCharArray()) {
      QUOTED[unit] = true;
    }
  }

  private static final int FIRST_SIZE = 1024;

  private byte[] bytes = new byte[FIRST_SIZE];
  private int size;

  private RowText() {}

  /** Whether a field's values are compared so; those of which one may have two forms are not. */
  public static boolean has(FieldMapping field) {
    return switch (field.type().base()) {
      case VARCHAR, TEXT, CITEXT, ENUM, SMALLINT, INTEGER, BIGINT, BOOLEAN, TIMESTAMPTZ, UUID ->
          true;
      case NUMERIC, DOUBLE_PRECISION, DATE, TEXT_ARRAY, UUID_ARRAY, BIGINT_ARRAY, JSONB -> false;
    };
  }

  /** The text of a row in SQL. */
  static String sql(String alias, List<FieldMapping> fields) {
    return fields.stream()
        .map(field -> column(alias, field))
        .collect(Collectors.joining(", ", "cast(row(", ") as text)"));
  }

  // A session's own time zone must not count.
  private static String column(String alias, FieldMapping field) {
    String column = alias + "." + Columns.name(field.column());
    return switch (field.type().base()) {
      case TIMESTAMPTZ -> column + " at time zone 'UTC'";
      case VARCHAR, CITEXT, ENUM -> "cast(" + column + " as text)";
      default -> column;
    };
  }

  /** The text of a row that holds these values by column, in UTF-8. */
  public static byte[] of(List<FieldMapping> fields, Map<String, @Nullable Object> values) {
    RowText row = new RowText();
    row.add('(');
    for (int i = 0; i < fields.size(); i++) {
      if (i > 0) {
        row.add(',');
      }
      row.add(values.get(fields.get(i).column()));
    }
    row.add(')');
    return Arrays.copyOf(row.bytes, row.size);
  }

  private void add(@Nullable Object value) {
    if (value instanceof Boolean truth) {
      add(truth ? 't' : 'f');
    } else if (value instanceof Instant time) {
      add(UsualTime.utc(time).getBytes(UTF_8));
    } else if (value != null) {
      add(value.toString().getBytes(UTF_8));
    }
  }

  private void add(byte[] text) {
    reserve(2 * text.length + 2);
    if (isPlain(text)) {
      System.arraycopy(text, 0, bytes, size, text.length);
      size += text.length;
    } else {
      quote(text);
    }
  }

  private static boolean isPlain(byte[] text) {
    for (byte unit : text) {
      if (unit >= 0 && QUOTED[unit]) {
        return false;
      }
    }
    return text.length > 0;
  }

  private void quote(byte[] text) {
    bytes[size++] = '"';
    for (byte unit : text) {
      if (unit == '"' || unit == '\\') {
        bytes[size++] = unit;
      }
      bytes[size++] = unit;
    }
    bytes[size++] = '"';
  }

  private void add(char ascii) {
    reserve(1);
    bytes[size++] = (byte) ascii;
  }

  private void reserve(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * bytes.length + more);
    }
  }
}
