package io.reconciler.engine.apply;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Rows for a statement as one JSON array in UTF-8, written as they come: no tree of a whole page
 * stands in memory, nor a text that would have to be encoded. What is null is left out, which
 * PostgreSQL reads as null.
 */
final class JsonRows {

  private static final int FIRST_SIZE = 1 << 14;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final int HEX_BITS = 4;
  private static final int HEX_MASK = 0xf;

  /** Names of columns with what stands around them; mappings have only so many. */
  private static final Map<String, byte[]> NAMES = new ConcurrentHashMap<>();

  private byte[] bytes = new byte[FIRST_SIZE];
  private int size;

  private JsonRows() {}

  /** Writes some rows. */
  interface Writer {
    void write(JsonRows rows);
  }

  /** What a writer writes. */
  static byte[] of(Writer writer) {
    JsonRows rows = new JsonRows();
    rows.add('[');
    writer.write(rows);
    rows.close(']');
    return Arrays.copyOf(rows.bytes, rows.size);
  }

  void begin() {
    add('{');
  }

  void end() {
    close('}');
    add(',');
  }

  void put(String column, @Nullable String value) {
    if (value != null) {
      name(column);
      text(value);
      add(',');
    }
  }

  void put(String column, @Nullable JsonNode value) {
    if (value != null && !value.isNull() && !value.isMissingNode()) {
      name(column);
      json(value);
      add(',');
    }
  }

  void put(String column, boolean value) {
    name(column);
    plain(String.valueOf(value));
    add(',');
  }

  private void json(JsonNode value) {
    if (value.isTextual()) {
      text(value.textValue());
    } else if (value.isBoolean() || value.isIntegralNumber()) {
      plain(value.asText());
    } else if (value.isObject()) {
      add('{');
      value.properties().forEach(this::entry);
      close('}');
    } else if (value.isArray()) {
      add('[');
      value.forEach(this::element);
      close(']');
    } else {
      plain(value.toString());
    }
  }

  private void entry(Map.Entry<String, JsonNode> entry) {
    text(entry.getKey());
    add(':');
    element(entry.getValue());
  }

  private void element(JsonNode value) {
    json(value);
    add(',');
  }

  private void plain(String ascii) {
    add(ascii.getBytes(StandardCharsets.US_ASCII));
  }

  private void name(String column) {
    add(NAMES.computeIfAbsent(column, JsonRows::quoted));
  }

  private static byte[] quoted(String name) {
    JsonRows quoted = new JsonRows();
    quoted.text(name);
    quoted.add(':');
    return Arrays.copyOf(quoted.bytes, quoted.size);
  }

  private void text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    add('"');
    int done = 0;
    for (int i = 0; i < utf8.length; i++) {
      byte unit = utf8[i];
      if (unit == '"' || unit == '\\' || (unit >= 0 && unit < ' ')) {
        add(utf8, done, i);
        escape(unit);
        done = i + 1;
      }
    }
    add(utf8, done, utf8.length);
    add('"');
  }

  private void escape(byte unit) {
    add('\\');
    if (unit >= ' ') {
      add((char) unit);
      return;
    }
    add('u');
    add('0');
    add('0');
    add((char) HEX[unit >> HEX_BITS]);
    add((char) HEX[unit & HEX_MASK]);
  }

  // The comma after the last entry gives way.
  private void close(char end) {
    if (bytes[size - 1] == ',') {
      size--;
    }
    add(end);
  }

  private void add(char ascii) {
    reserve(1);
    bytes[size++] = (byte) ascii;
  }

  private void add(byte[] more) {
    add(more, 0, more.length);
  }

  private void add(byte[] more, int from, int to) {
    reserve(to - from);
    System.arraycopy(more, from, bytes, size, to - from);
    size += to - from;
  }

  private void reserve(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
