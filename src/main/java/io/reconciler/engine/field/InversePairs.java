package io.reconciler.engine.field;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.side.mapping.Conversion.Kind;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the two sides of one Airtable link that the portal owns both: what it writes on the one
 * changes the other, so that they would undo each other for ever. Pure.
 */
public final class InversePairs {

  private InversePairs() {}

  /** What to say of the first such pair; empty when there is none. */
  public static Optional<String> problem(JsonNode schema, List<Mapping> mappings) {
    Map<String, Side> sides = new HashMap<>();
    for (Mapping mapping : mappings) {
      for (FieldMapping field : mapping.portalFields()) {
        if (field.conversion().kind() == Kind.LINK) {
          Side side = new Side(mapping, field);
          side.in(schema).ifPresent(found -> sides.put(found.path("id").asText(), side));
        }
      }
    }
    for (Side side : sides.values()) {
      Side other = sides.get(side.inverse(schema));
      if (other != null && other != side) {
        return Optional.of(text(side, other));
      }
    }
    return Optional.empty();
  }

  private static String text(Side one, Side other) {
    boolean inOrder = one.name().compareTo(other.name()) <= 0;
    Side first = inOrder ? one : other;
    Side second = inOrder ? other : one;
    return second.mapping().places().ofField(second.field().column(), "owner")
        + "%s and %s are the two sides of one Airtable link, \"%s\" and \"%s\", and the portal owns both, so that each would undo the other: give one of them the owner airtable, or take it out of its mapping"
            .formatted(
                first.name(),
                second.name(),
                first.field().airtableField(),
                second.field().airtableField());
  }

  /** A link that the portal owns. */
  private record Side(Mapping mapping, FieldMapping field) {

    String name() {
      return mapping.name() + "." + field.column();
    }

    Optional<JsonNode> in(JsonNode schema) {
      return named(schema.path("tables"), mapping.table())
          .flatMap(table -> named(table.path("fields"), String.valueOf(field.airtableField())));
    }

    String inverse(JsonNode schema) {
      return in(schema).map(f -> f.at("/options/inverseLinkFieldId").asText("")).orElse("");
    }

    private static Optional<JsonNode> named(JsonNode nodes, String reference) {
      for (JsonNode node : nodes) {
        if (node.path("id").asText().equals(reference)
            || node.path("name").asText().equals(reference)) {
          return Optional.of(node);
        }
      }
      return Optional.empty();
    }
  }
}
