package io.reconciler.check;

import io.reconciler.mapping.Conversion.Kind;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which of Airtable's types a conversion can read, and which take what is written back. */
final class FieldTypes {

  private static final Set<String> TEXTS =
      Set.of("singleLineText", "multilineText", "richText", "email", "url", "phoneNumber");
  private static final Set<String> NUMBERS =
      Set.of("number", "currency", "rating", "duration", "count", "autoNumber");
  private static final Set<String> TIMES =
      Set.of("dateTime", "date", "createdTime", "lastModifiedTime");

  /** Their cells are a name, or an object with one. */
  private static final Set<String> NAMES =
      Set.of(
          "singleSelect",
          "singleCollaborator",
          "createdBy",
          "lastModifiedBy",
          "externalSyncSource");

  private static final Set<String> LISTS = Set.of("multipleSelects", "multipleLookupValues");
  private static final Set<String> PLAIN = union(TEXTS, NUMBERS, TIMES, NAMES, Set.of("percent"));

  private static final Map<Kind, Set<String>> READ =
      Map.of(
          Kind.TEXT, PLAIN,
          Kind.CHOICE, PLAIN,
          Kind.INTEGER, NUMBERS,
          Kind.BOOLEAN, Set.of("checkbox"),
          Kind.TIMESTAMP, union(TIMES, TEXTS),
          Kind.UUID, union(TEXTS, Set.of("singleSelect")),
          Kind.TAGS, union(TEXTS, LISTS, Set.of("singleSelect")));

  private static final Map<Kind, Set<String>> WRITTEN =
      Map.of(
          Kind.TEXT, union(TEXTS, Set.of("singleSelect")),
          Kind.CHOICE, union(TEXTS, Set.of("singleSelect")),
          Kind.INTEGER, Set.of("number", "currency", "rating", "duration"),
          Kind.BOOLEAN, Set.of("checkbox"),
          Kind.TIMESTAMP, union(TEXTS, Set.of("dateTime")),
          Kind.UUID, TEXTS,
          Kind.TAGS, TEXTS);

  private FieldTypes() {}

  /** Whether the conversion reads cells of that type. */
  static boolean reads(Kind kind, String type) {
    return READ.getOrDefault(kind, Set.of()).contains(type);
  }

  /** Whether a field of that type accepts what the conversion's columns hold. */
  static boolean takes(Kind kind, String type) {
    return WRITTEN.getOrDefault(kind, Set.of()).contains(type);
  }

  static boolean isText(String type) {
    return TEXTS.contains(type);
  }

  @SafeVarargs
  private static Set<String> union(Set<String>... sets) {
    Set<String> all = new HashSet<>();
    for (Set<String> set : sets) {
      all.addAll(set);
    }
    return Set.copyOf(all);
  }
}
