package io.reconciler.engine.repair;

import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.MappingSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a ledger calls the fields and groups that a person names: columns, or field groups. */
final class FilterNames {

  /** How lists show what is about a whole record. */
  private static final String WHOLE_RECORD = "(all)";

  private final MappingSet mappings;
  private final LedgerKind kind;

  FilterNames(MappingSet mappings, LedgerKind kind) {
    this.mappings = mappings;
    this.kind = kind;
  }

  /** The names of a group, of a field, or of what is both; null when neither is asked for. */
  @Nullable List<String> of(@Nullable String group, @Nullable String field) {
    if (group == null) {
      return field == null ? null : List.copyOf(field(field.strip()));
    }
    Set<String> names = group(group.strip());
    if (field != null) {
      names.retainAll(field(field.strip()));
    }
    return List.copyOf(names);
  }

  /** A dead letter of a pull is about one column of a group, that of a push about the group. */
  private Set<String> group(String text) {
    Set<String> names = new LinkedHashSet<>(List.of(text));
    mappings.inOrder().stream()
        .flatMap(mapping -> mapping.groups().stream())
        .filter(group -> group.name().equalsIgnoreCase(text))
        .forEach(
            group -> {
              names.add(group.name());
              group.fields().forEach(field -> names.add(field.column()));
            });
    return names;
  }

  /** A field by its column or its name in Airtable; what is not mapped any more by its own. */
  private Set<String> field(String text) {
    Set<String> names = new LinkedHashSet<>(List.of(text.equals(WHOLE_RECORD) ? "" : text));
    for (FieldMapping field : fields()) {
      if (text.equalsIgnoreCase(field.column()) || text.equalsIgnoreCase(field.airtableField())) {
        names.add(field.column());
        if (kind == LedgerKind.CONFLICTS && field.group() != null) {
          names.add(field.group());
        }
      }
    }
    return names;
  }

  private List<FieldMapping> fields() {
    return mappings.inOrder().stream().flatMap(mapping -> mapping.fields().stream()).toList();
  }
}
