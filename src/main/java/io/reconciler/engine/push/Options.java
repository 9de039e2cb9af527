package io.reconciler.engine.push;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.side.mapping.FieldGroup;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.postgres.OneColumn;
import io.reconciler.text.Nearest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the selects of a table take. Pure. */
final class Options {

  private Options() {}

  /**
   * What to say after a refusal of an option: those that the fields of the group take; empty where
   * nothing is known of them, and where the field has by now what was sent.
   */
  static String allowed(Push push, FieldGroup group, Map<String, List<String>> byColumn) {
    return group.fields().stream()
        .map(field -> allowed(field, push, byColumn.getOrDefault(field.column(), List.of())))
        .collect(Collectors.joining());
  }

  private static String allowed(FieldMapping field, Push push, List<String> options) {
    JsonNode sent = push.fields().get(Objects.requireNonNull(field.airtableField()));
    return options.isEmpty() || options.containsAll(values(sent))
        ? ""
        : "; the options of \"" + field.airtableField() + "\" are " + Nearest.some(options);
  }

  private static List<String> values(@Nullable JsonNode sent) {
    if (sent == null || sent.isNull()) {
      return List.of();
    }
    return sent.isArray() ? OneColumn.elements(sent) : List.of(sent.asText());
  }
}
