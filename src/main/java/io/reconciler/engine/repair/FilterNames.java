package io.reconciler.engine.repair;

import io.reconciler.side.mapping.FieldGroup;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.text.Nearest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The group and the field that a person names. Conflicts are called by their field group, dead
 * letters by their column or field group, each within its table. What a table has no more, or never
 * had, is called as its entries call it.
 *
 * @param kind the ledger
 * @param tables the mappings of the tables that are meant
 * @param group a field group; null when none is asked for
 * @param field a column or a name in Airtable; null when none is asked for
 */
public record FilterNames(
    LedgerKind kind, List<Mapping> tables, @Nullable String group, @Nullable String field) {

  /** How lists show what is about a whole record. */
  private static final String WHOLE_RECORD = "(all)";

  /** Keeps its own copy; space around a name is none of it. */
  public FilterNames {
    tables = List.copyOf(tables);
    group = group == null ? null : group.strip();
    field = field == null ? null : field.strip();
  }

  /**
   * Those of a ledger's names that are meant.
   *
   * @throws BadFilterException when neither a mapping nor the ledger knows what is asked for
   */
  List<LedgerName> among(List<LedgerName> held) {
    List<LedgerName> meant = held;
    if (group != null) {
      List<LedgerName> ofGroup = only(held, name -> isOfGroup(name, group));
      if (ofGroup.isEmpty() && groups(group).findAny().isEmpty()) {
        throw unknown("group", group, "names no field group of", groupNames());
      }
      meant = ofGroup;
    }
    if (field != null) {
      List<LedgerName> ofField = only(held, name -> isOfField(name, field));
      if (ofField.isEmpty() && !isKnown(field)) {
        throw unknown("field", field, "names no field of", fieldNames());
      }
      meant = only(meant, ofField::contains);
    }
    return meant;
  }

  /** A dead letter of a pull is about one column of a group, that of a push about the group. */
  private boolean isOfGroup(LedgerName entry, String text) {
    Optional<FieldGroup> here = mapping(entry).flatMap(mapping -> named(mapping, text).findFirst());
    if (here.isPresent()) {
      return entry.name().equals(here.get().name())
          || (kind == LedgerKind.DEAD_LETTERS
              && here.get().fields().stream().anyMatch(f -> f.column().equals(entry.name())));
    }
    return entry.name().equals(text) && (isFormer(entry) || groups(text).findAny().isEmpty());
  }

  private boolean isOfField(LedgerName entry, String text) {
    List<FieldMapping> here =
        mapping(entry).stream().flatMap(mapping -> fields(mapping, text)).toList();
    if (!here.isEmpty()) {
      return here.stream().anyMatch(mapped -> isAbout(entry, mapped));
    }
    return entry.name().equals(text.equals(WHOLE_RECORD) ? "" : text)
        && (isFormer(entry) || fields(text).findAny().isEmpty());
  }

  private boolean isAbout(LedgerName entry, FieldMapping mapped) {
    boolean ofColumn = entry.name().equals(mapped.column());
    return kind == LedgerKind.DEAD_LETTERS
        ? ofColumn
        : entry.name().equals(mapped.group()) || (ofColumn && !isGroup(entry));
  }

  /** Whether the entry's table has nothing of this name, so that it is a former mapping's. */
  private boolean isFormer(LedgerName entry) {
    return !isGroup(entry)
        && mapping(entry).stream()
            .flatMap(mapping -> mapping.fields().stream())
            .noneMatch(mapped -> mapped.column().equals(entry.name()));
  }

  private boolean isGroup(LedgerName entry) {
    return mapping(entry).stream()
        .flatMap(mapping -> mapping.groups().stream())
        .anyMatch(mapped -> mapped.name().equals(entry.name()));
  }

  private boolean isKnown(String text) {
    return text.equals(WHOLE_RECORD)
        || fields(text).findAny().isPresent()
        || groups(text).findAny().isPresent();
  }

  private Optional<Mapping> mapping(LedgerName entry) {
    return tables.stream().filter(mapping -> mapping.name().equals(entry.inTable())).findFirst();
  }

  private Stream<FieldGroup> groups(String text) {
    return tables.stream().flatMap(mapping -> named(mapping, text));
  }

  private Stream<FieldMapping> fields(String text) {
    return tables.stream().flatMap(mapping -> fields(mapping, text));
  }

  private static Stream<FieldGroup> named(Mapping mapping, String text) {
    return mapping.groups().stream().filter(mapped -> mapped.name().equalsIgnoreCase(text));
  }

  private static Stream<FieldMapping> fields(Mapping mapping, String text) {
    return mapping.fields().stream()
        .filter(
            mapped ->
                text.equalsIgnoreCase(mapped.column())
                    || text.equalsIgnoreCase(mapped.airtableField()));
  }

  private Set<String> groupNames() {
    Set<String> names = new LinkedHashSet<>();
    tables.forEach(mapping -> mapping.groups().forEach(mapped -> names.add(mapped.name())));
    return names;
  }

  private Set<String> fieldNames() {
    Set<String> names = new LinkedHashSet<>();
    tables.stream()
        .flatMap(mapping -> mapping.fields().stream())
        .flatMap(mapped -> Stream.of(mapped.column(), mapped.airtableField()))
        .filter(Objects::nonNull)
        .forEach(names::add);
    return names;
  }

  private BadFilterException unknown(String filter, String text, String what, Set<String> there) {
    return new BadFilterException(
        filter,
        "%s %s %s, and no %s is about one of this name%s"
            .formatted(
                text,
                what,
                tables.size() == 1 ? "the table " + tables.get(0).name() : "any mapped table",
                kind.entry(),
                Nearest.hint(text, there)));
  }

  private static List<LedgerName> only(List<LedgerName> names, Predicate<LedgerName> meant) {
    return names.stream().filter(meant).toList();
  }
}
