package io.reconciler.engine.apply;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Rows for a statement as one JSON array, written as they come: no tree of a whole page stands in
 * memory. What is null is left out, which PostgreSQL reads as null.
 */
final class JsonRows {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonFactory JSON = MAPPER.getFactory();

  private final JsonGenerator out;

  private JsonRows(JsonGenerator out) {
    this.out = out;
  }

  /** Writes some rows. */
  interface Writer {
    void write(JsonRows rows) throws IOException;
  }

  static String of(Writer writer) {
    StringWriter text = new StringWriter(1 << 16);
    try (JsonGenerator out = JSON.createGenerator(text)) {
      out.writeStartArray();
      writer.write(new JsonRows(out));
      out.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  void begin() throws IOException {
    out.writeStartObject();
  }

  void end() throws IOException {
    out.writeEndObject();
  }

  void put(String column, @Nullable String value) throws IOException {
    if (value != null) {
      out.writeStringField(column, value);
    }
  }

  void put(String column, @Nullable JsonNode value) throws IOException {
    if (value == null || value.isNull()) {
      return;
    }
    out.writeFieldName(column);
    if (value.isTextual()) {
      out.writeString(value.textValue());
    } else {
      MAPPER.writeTree(out, value);
    }
  }
}
