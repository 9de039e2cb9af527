package io.reconciler.side.airtable;

import io.reconciler.side.airtable.TableSchema.Field;
import io.reconciler.side.mapping.AirtableTypes;
import io.reconciler.side.mapping.Conversion.Kind;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Owner;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which of Airtable's types a conversion can read, and which take what is written back. Pure. */
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

  /** Their result may be of any type: what it is shows at the cells. */
  private static final Set<String> RESULTS = Set.of("formula", "rollup", "multipleLookupValues");

  private static final Set<String> PEOPLE =
      Set.of("singleCollaborator", "multipleCollaborators", "createdBy", "lastModifiedBy");
  private static final Set<String> LISTS = Set.of("multipleSelects", "multipleLookupValues");
  private static final Set<String> PLAIN = union(TEXTS, NUMBERS, TIMES, NAMES, Set.of("percent"));

  private static final Map<Kind, Set<String>> READ =
      Map.ofEntries(
          Map.entry(Kind.TEXT, union(PLAIN, Set.of("barcode"))),
          Map.entry(Kind.CHOICE, PLAIN),
          Map.entry(Kind.INTEGER, NUMBERS),
          Map.entry(Kind.NUMBER, union(NUMBERS, RESULTS, Set.of("percent"))),
          Map.entry(Kind.BOOLEAN, Set.of("checkbox")),
          Map.entry(Kind.TIMESTAMP, union(TIMES, TEXTS)),
          Map.entry(Kind.DATE, union(TIMES, TEXTS)),
          Map.entry(Kind.UUID, union(TEXTS, Set.of("singleSelect"))),
          Map.entry(Kind.TAGS, union(TEXTS, LISTS, Set.of("singleSelect"))),
          Map.entry(Kind.OPTIONS, union(LISTS, Set.of("singleSelect"))),
          Map.entry(Kind.PERSON, union(PEOPLE, LISTS)),
          Map.entry(Kind.LINK, Set.of("multipleRecordLinks", "multipleLookupValues")));

  private static final Map<Kind, Set<String>> WRITTEN =
      Map.ofEntries(
          Map.entry(Kind.TEXT, union(TEXTS, Set.of("singleSelect"))),
          Map.entry(Kind.CHOICE, union(TEXTS, Set.of("singleSelect"))),
          Map.entry(Kind.INTEGER, Set.of("number", "currency", "rating", "duration")),
          Map.entry(Kind.NUMBER, Set.of("number", "currency", "percent", "rating", "duration")),
          Map.entry(Kind.BOOLEAN, Set.of("checkbox")),
          Map.entry(Kind.TIMESTAMP, union(TEXTS, Set.of("dateTime"))),
          Map.entry(Kind.DATE, union(TEXTS, Set.of("date"))),
          Map.entry(Kind.UUID, TEXTS),
          Map.entry(Kind.TAGS, TEXTS),
          Map.entry(Kind.OPTIONS, Set.of("multipleSelects")),
          Map.entry(Kind.PERSON, Set.of("singleCollaborator", "multipleCollaborators")),
          Map.entry(Kind.LINK, Set.of("multipleRecordLinks")));

  private FieldTypes() {}

  /** Whether the conversion reads the field's cells: of a formula those of its result's type. */
  private static boolean reads(Kind kind, Field field) {
    String type = field.valueType();
    // A lookup is a list of what it looks up, and the texts of a list may be any.
    boolean texts =
        kind == Kind.OPTIONS
            && field.type().equals("multipleLookupValues")
            && READ.getOrDefault(Kind.TEXT, Set.of()).contains(type);
    return kind == Kind.JSON || texts || READ.getOrDefault(kind, Set.of()).contains(type);
  }

  /** Why the field's type does not serve the column; empty when it does, or is not known here. */
  static String objection(FieldMapping mapped, Field field) {
    if (!AirtableTypes.known(field.type())) {
      return "";
    }
    boolean portal = mapped.owner() == Owner.PORTAL;
    Kind kind = mapped.conversion().kind();
    if (portal && field.isComputed()) {
      return "Airtable computes it, so what the portal writes is refused";
    }
    boolean bit = field.isComputed() && kind == Kind.BOOLEAN && field.valueType().equals("number");
    if (!bit && !reads(kind, field)) {
      return "its values do not convert";
    }
    return portal && !takes(kind, field.type()) ? "it does not take what the portal writes" : "";
  }

  /** Whether a field of that type accepts what the conversion's columns hold. */
  private static boolean takes(Kind kind, String type) {
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
