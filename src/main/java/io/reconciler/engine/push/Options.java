package io.reconciler.engine.push;

import io.reconciler.engine.field.KnownFields;
import io.reconciler.side.airtable.AirtableException;
import io.reconciler.side.mapping.FieldGroup;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.text.Nearest;
import java.util.List;
import java.util.stream.Collectors;

/** What the selects of a table take, as its metadata said last. Pure. */
final class Options {

  private static final String UNKNOWN_OPTION = "INVALID_MULTIPLE_CHOICE_OPTIONS";

  private Options() {}

  /**
   * What to say after a refusal of an option: those that the fields of the group take; empty when
   * it was refused for something else, or nothing is known of them.
   */
  static String allowed(AirtableException.Rejected refusal, FieldGroup group, KnownFields known) {
    return refusal.type().equals(UNKNOWN_OPTION)
        ? group.fields().stream()
            .map(field -> allowed(field, known.field(field.column()).choices()))
            .collect(Collectors.joining())
        : "";
  }

  private static String allowed(FieldMapping field, List<String> choices) {
    return choices.isEmpty()
        ? ""
        : "; the options of \"" + field.airtableField() + "\" are " + Nearest.some(choices);
  }
}
