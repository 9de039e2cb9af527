package io.reconciler.service.page;

import io.reconciler.engine.repair.LedgerGroup;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.text.Plain;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Dead letters that are alike. Pure.
 *
 * @param table the name of the mapping
 * @param about the field, by Airtable's name, or the whole record
 * @param field how the ledger calls it, for its filter
 * @param piece a part of the reason that all of them have
 * @param example a value of one of them; may be empty
 */
record LetterGroup(
    String table,
    long count,
    String about,
    String field,
    String reason,
    String piece,
    String example,
    String advice) {

  private static final int SHOWN = 60;
  private static final String ANY = "...";

  static LetterGroup of(LedgerGroup group, Mapping mapping) {
    FieldMapping field = Fields.of(mapping, group.name());
    return new LetterGroup(
        mapping.name(),
        group.count(),
        group.name().isEmpty() ? "Whole record" : about(group.name(), field, mapping),
        group.name().isEmpty() ? "(all)" : group.name(),
        group.kind().replace(ANY, "…"),
        piece(group.kind()),
        example(group.example()),
        Advice.of(group.kind(), field, group.isPull()));
  }

  /** What a dead letter is about: a field, or of a push a group of them. */
  static String about(String name, @Nullable FieldMapping field, Mapping mapping) {
    if (field != null) {
      return Fields.name(field, name);
    }
    return mapping.groups().stream()
        .filter(group -> group.name().equals(name))
        .map(
            group ->
                String.join(
                    ", ", group.fields().stream().map(f -> Fields.name(f, f.column())).toList()))
        .findFirst()
        .orElse(name);
  }

  // What differs between them is left out of the reason.
  static String piece(String kind) {
    return Stream.of(kind.split("\\.\\.\\.", -1))
        .map(String::strip)
        .max(Comparator.comparingInt(String::length))
        .orElse("");
  }

  /** A cell's JSON as people write it. */
  static String example(@Nullable String raw) {
    return raw == null ? "" : Plain.head(Letters.plain(raw), SHOWN);
  }

  static List<LetterGroup> of(
      List<LedgerGroup> groups, Function<@Nullable String, Mapping> mappings) {
    return groups.stream().map(group -> of(group, mappings.apply(group.table()))).toList();
  }
}
