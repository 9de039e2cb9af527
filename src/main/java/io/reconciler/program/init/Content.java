package io.reconciler.program.init;

import io.reconciler.side.airtable.TableSchema.Field;
import java.util.Map;
import java.util.Set;

/** What the cells of an Airtable field hold, as far as columns can tell. */
enum Content {
  TEXT,
  CHOICE,
  NUMBER,
  FLAG,
  DAY,
  MOMENT,
  OPTIONS,
  PERSON,
  PEOPLE,
  LINK,
  /** What only JSON holds. */
  STRUCTURE;

  private static final Map<String, Content> BY_TYPE =
      Map.ofEntries(
          Map.entry("singleLineText", TEXT),
          Map.entry("multilineText", TEXT),
          Map.entry("richText", TEXT),
          Map.entry("email", TEXT),
          Map.entry("url", TEXT),
          Map.entry("phoneNumber", TEXT),
          Map.entry("barcode", TEXT),
          Map.entry("singleSelect", CHOICE),
          Map.entry("externalSyncSource", CHOICE),
          Map.entry("number", NUMBER),
          Map.entry("percent", NUMBER),
          Map.entry("currency", NUMBER),
          Map.entry("rating", NUMBER),
          Map.entry("duration", NUMBER),
          Map.entry("count", NUMBER),
          Map.entry("autoNumber", NUMBER),
          Map.entry("checkbox", FLAG),
          Map.entry("date", DAY),
          Map.entry("dateTime", MOMENT),
          Map.entry("createdTime", MOMENT),
          Map.entry("lastModifiedTime", MOMENT),
          Map.entry("multipleSelects", OPTIONS),
          Map.entry("singleCollaborator", PERSON),
          Map.entry("createdBy", PERSON),
          Map.entry("lastModifiedBy", PERSON),
          Map.entry("multipleCollaborators", PEOPLE),
          Map.entry("multipleRecordLinks", LINK));

  private static final Set<Content> TEXTS = Set.of(TEXT, CHOICE, DAY, MOMENT, OPTIONS);

  /**
   * What a field's cells hold: of a formula its result, of a lookup what it looks up, in a list.
   */
  static Content of(Field field) {
    Content one = BY_TYPE.getOrDefault(field.valueType(), STRUCTURE);
    return field.type().equals("multipleLookupValues") ? several(one) : one;
  }

  private static Content several(Content one) {
    if (TEXTS.contains(one)) {
      return OPTIONS;
    }
    return switch (one) {
      case PERSON, PEOPLE -> PEOPLE;
      case LINK -> LINK;
      default -> STRUCTURE;
    };
  }

  /** What the elements of a lookup hold, and of any other field the field itself. */
  static Content element(Field field) {
    return BY_TYPE.getOrDefault(field.valueType(), STRUCTURE);
  }
}
