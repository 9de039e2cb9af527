package io.reconciler.side.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The shipped mapping, and JSON for its cells. */
final class ShippedMapping {

  static final Mapping MAPPING = read();

  private static final ObjectMapper JSON = new ObjectMapper();

  private ShippedMapping() {}

  static FieldMapping column(String column) {
    return MAPPING.column(column);
  }

  /** A field of its own, owned by Airtable, without default. */
  static FieldMapping field(String type, Conversion.Kind kind) {
    return new FieldMapping(
        "column",
        PgType.parse(type),
        false,
        null,
        "Field",
        "singleLineText",
        new Conversion(kind, Map.of("Green", "High")),
        Owner.AIRTABLE,
        null);
  }

  /** The JSON's node; null stands for an absent cell. */
  static @Nullable JsonNode cell(@Nullable String json) {
    try {
      return json == null ? null : JSON.readTree(json);
    } catch (JsonProcessingException broken) {
      throw new IllegalArgumentException(json, broken);
    }
  }

  private static Mapping read() {
    try (InputStream yaml = ShippedMapping.class.getResourceAsStream("/mapping/leads.yaml")) {
      return MappingFile.read("leads.yaml", Objects.requireNonNull(yaml)).withoutPlaces();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
