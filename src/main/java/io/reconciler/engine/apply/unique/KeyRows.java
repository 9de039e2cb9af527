package io.reconciler.engine.apply.unique;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reconciler.engine.apply.plan.IncomingRecord;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.postgres.UniqueKey;
import io.reconciler.text.Plain;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What of a record its table's unique indexes are about, as rows for a statement. Pure. */
public final class KeyRows {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Mapping mapping;
  private final List<UniqueKey> keys;
  private final UUID client;
  private final List<FieldMapping> fields;

  /** Those of a client, for these unique keys of its table. */
  public KeyRows(Mapping mapping, List<UniqueKey> keys, UUID client) {
    this.mapping = mapping;
    this.keys = keys;
    this.client = client;
    Set<String> columns =
        keys.stream().flatMap(key -> key.columns().stream()).collect(Collectors.toSet());
    this.fields = mapping.fields().stream().filter(f -> columns.contains(f.column())).toList();
  }

  /** What a record wants, as far as it could be read. */
  ObjectNode wanted(IncomingRecord record) {
    Map<String, @Nullable Object> values = new HashMap<>();
    fields.stream()
        .filter(record::applies)
        .forEach(field -> values.put(field.column(), record.values().get(field.column())));
    mapping.existence().ifPresent(field -> values.put(field.column(), true));
    return row(record.id(), values);
  }

  /** What a lead holds with these columns. */
  public ObjectNode row(String recordId, Map<String, ? extends @Nullable Object> values) {
    ObjectNode row = JSON.createObjectNode().put(mapping.postgres().recordId(), recordId);
    if (mapping.postgres().client() != null) {
      row.put(mapping.postgres().client(), client.toString());
    }
    for (FieldMapping field : fields) {
      row.set(field.column(), field.toColumn(values.get(field.column())));
    }
    return row;
  }

  /** The same without a value wherever none is needed. */
  Set<String> nullable() {
    return fields.stream()
        .map(FieldMapping::column)
        .filter(column -> keys.stream().anyMatch(key -> key.nullable().contains(column)))
        .collect(Collectors.toSet());
  }

  Set<String> columns() {
    return fields.stream().map(FieldMapping::column).collect(Collectors.toSet());
  }

  /**
   * Texts of which two rows have one in common when an index may find them equal, and seldom else:
   * it may not care for case, blanks or marks.
   */
  public Set<String> texts(JsonNode row) {
    Set<String> texts = new HashSet<>();
    for (UniqueKey key : keys) {
      List<String> plain = fields(key, true);
      if (plain.isEmpty()) {
        fields(key, false).forEach(column -> text(key, List.of(column), row, texts));
      } else {
        text(key, plain, row, texts);
      }
    }
    return texts;
  }

  private List<String> fields(UniqueKey key, boolean plain) {
    return fields.stream()
        .map(FieldMapping::column)
        .filter(plain ? key.keys()::contains : key.columns()::contains)
        .toList();
  }

  private static void text(UniqueKey key, List<String> columns, JsonNode row, Set<String> texts) {
    if (key.nullsEqual() || columns.stream().allMatch(row::hasNonNull)) {
      texts.add(
          columns.stream()
              .map(column -> loose(row.path(column)))
              .collect(Collectors.joining(" ", key.name() + " ", "")));
    }
  }

  private static String loose(JsonNode value) {
    String text = value.isValueNode() ? value.asText() : value.toString();
    return Plain.bare(text);
  }
}
