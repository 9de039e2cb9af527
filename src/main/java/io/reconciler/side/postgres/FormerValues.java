package io.reconciler.side.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reconciler.decide.ConflictPolicy;
import io.reconciler.decide.GroupValues;
import io.reconciler.side.mapping.FieldGroup;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.Owner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What {@code agreed_value} still holds of columns that the mapping does not give the portal any
 * more. Only by it can an edit that never reached Airtable be told from a value that is merely old.
 *
 * @param parts the JSON of each column of the row that has some: by field group and column
 */
public record FormerValues(Map<String, JsonNode> parts) {

  /** Nothing, as long as no mapping was changed. */
  public static final FormerValues NONE = new FormerValues(Map.of());

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String AGREED = "agreed";
  private static final String INTENT = "intent";
  private static final List<String> PARTS = List.of(AGREED, INTENT, "written", "seen");

  /** Keeps its own unmodifiable copy. */
  public FormerValues {
    parts = Map.copyOf(parts);
  }

  static FormerValues of(JsonNode row, Mapping mapping) {
    Map<String, JsonNode> parts = new LinkedHashMap<>();
    PARTS.forEach(part -> parts.put(part, row.path(part)));
    return without(
        parts,
        mapping.portalFields().stream().map(FieldMapping::column).collect(Collectors.toSet()));
  }

  /** The same without these columns. */
  public FormerValues without(Set<String> columns) {
    return parts.isEmpty() ? this : without(parts, columns);
  }

  // Of most rows there is nothing left, and they are read by the hundred.
  private static FormerValues without(Map<String, JsonNode> parts, Set<String> columns) {
    Map<String, JsonNode> left = new LinkedHashMap<>();
    parts.forEach(
        (part, groups) -> {
          for (Map.Entry<String, JsonNode> group : groups.properties()) {
            for (Map.Entry<String, JsonNode> value : group.getValue().properties()) {
              if (!columns.contains(value.getKey())) {
                ((ObjectNode) left.computeIfAbsent(part, name -> JSON.createObjectNode()))
                    .withObjectProperty(group.getKey())
                    .set(value.getKey(), value.getValue());
              }
            }
          }
        });
    return left.isEmpty() ? NONE : new FormerValues(left);
  }

  /** The field groups that were agreed on, with those of their fields that are Airtable's now. */
  public List<FieldGroup> ofAirtable(Mapping mapping) {
    List<FieldGroup> groups = new ArrayList<>();
    for (Map.Entry<String, JsonNode> group : part(AGREED).properties()) {
      List<FieldMapping> fields =
          mapping.fields().stream()
              .filter(f -> f.owner() == Owner.AIRTABLE && group.getValue().has(f.column()))
              .toList();
      if (!fields.isEmpty()) {
        groups.add(new FieldGroup(group.getKey(), ConflictPolicy.AIRTABLE, fields));
      }
    }
    return groups;
  }

  /** What was agreed on of such a group. */
  public @Nullable GroupValues agreed(FieldGroup group) {
    return AgreedValues.group(part(AGREED).path(group.name()), group);
  }

  /** What was being sent of it and is not known to have arrived. */
  public @Nullable GroupValues intent(FieldGroup group) {
    return AgreedValues.group(part(INTENT).path(group.name()), group);
  }

  private JsonNode part(String name) {
    return parts.getOrDefault(name, JSON.missingNode());
  }

  /** Beside what the row has of the same groups. */
  void addTo(ObjectNode row) {
    parts.forEach(
        (part, groups) ->
            groups
                .properties()
                .forEach(
                    group ->
                        row.withObjectProperty(part)
                            .withObjectProperty(group.getKey())
                            .setAll((ObjectNode) group.getValue().deepCopy())));
  }
}
