package io.reconciler.engine.apply.plan;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reconciler.side.mapping.UsualTime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Rows for a statement as one JSON array in UTF-8, written as they come: no tree of a whole page
 * stands in memory, nor a text that would have to be encoded. What is null is left out, which
 * PostgreSQL reads as null.
 */
public final class JsonRows {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int FIRST_SIZE = 1 << 16;

  private final Whole json;

  private JsonRows(Whole json) {
    this.json = json;
  }

  public interface Writer {
    void write(JsonRows rows) throws IOException;
  }

  public static byte[] of(Writer writer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(FIRST_SIZE);
    try (Whole json = new Whole(JSON.createGenerator(bytes))) {
      json.writeStartArray();
      writer.write(new JsonRows(json));
      json.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** A row begins. */
  public void begin() throws IOException {
    json.writeStartObject();
  }

  /** The row ends. */
  public void end() throws IOException {
    json.writeEndObject();
  }

  /** A column with a text; it is left out where there is none. */
  public void put(String column, @Nullable String value) throws IOException {
    if (value != null) {
      json.writeColumn(column);
      json.writeString(value);
    }
  }

  /** A column with a time; it is left out where there is none. */
  public void put(String column, @Nullable Instant value) throws IOException {
    if (value != null) {
      json.writeColumn(column);
      json.writeString(UsualTime.text(value));
    }
  }

  /** A column with any value; it is left out where there is none. */
  public void put(String column, @Nullable JsonNode value) throws IOException {
    if (value != null && !value.isNull() && !value.isMissingNode()) {
      json.writeColumn(column);
      json.writeTree(value);
    }
  }

  /** A column that says yes or no. */
  public void put(String column, boolean value) throws IOException {
    json.writeColumn(column);
    json.writeBoolean(value);
  }

  /** A text that is UTF-8 already. */
  public void put(String column, byte[] utf8) throws IOException {
    json.writeColumn(column);
    json.writeUTF8String(utf8, 0, utf8.length);
  }

  /** Writes half a surrogate pair as a question mark, where the generator would fail. */
  private static final class Whole extends JsonGeneratorDelegate {

    Whole(JsonGenerator json) {
      super(json, false);
    }

    /** A name that is whole, as those of columns are. */
    void writeColumn(String name) throws IOException {
      delegate.writeFieldName(name);
    }

    @Override
    public void writeString(String text) throws IOException {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      delegate.writeUTF8String(utf8, 0, utf8.length);
    }

    /** A key inside a value. */
    @Override
    public void writeFieldName(String name) throws IOException {
      delegate.writeFieldName(
          new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
    }
  }
}
