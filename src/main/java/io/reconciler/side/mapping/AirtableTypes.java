package io.reconciler.side.mapping;

import java.util.Set;
import java.util.TreeSet;

/** The field types that Airtable's schema names. */
public final class AirtableTypes {

  private static final Set<String> WRITABLE =
      Set.of(
          "singleLineText",
          "multilineText",
          "richText",
          "email",
          "url",
          "phoneNumber",
          "number",
          "percent",
          "currency",
          "rating",
          "duration",
          "checkbox",
          "singleSelect",
          "multipleSelects",
          "date",
          "dateTime",
          "multipleRecordLinks",
          "multipleAttachments",
          "singleCollaborator",
          "multipleCollaborators",
          "barcode");

  private static final Set<String> COMPUTED =
      Set.of(
          "formula",
          "rollup",
          "count",
          "multipleLookupValues",
          "autoNumber",
          "createdTime",
          "lastModifiedTime",
          "createdBy",
          "lastModifiedBy",
          "button",
          "externalSyncSource",
          "aiText");

  /** Their values change by themselves, and the modification time stays. */
  private static final Set<String> RECALCULATED =
      Set.of(
          "formula",
          "rollup",
          "count",
          "multipleLookupValues",
          "createdBy",
          "lastModifiedBy",
          "button",
          "aiText");

  private AirtableTypes() {}

  /** True if it is one of Airtable's types. */
  public static boolean known(String type) {
    return WRITABLE.contains(type) || COMPUTED.contains(type);
  }

  /** True if Airtable refuses to be written to such a field. */
  public static boolean computed(String type) {
    return COMPUTED.contains(type);
  }

  /** True if its values change without the record counting as modified. */
  public static boolean recalculated(String type) {
    return RECALCULATED.contains(type);
  }

  static String list() {
    Set<String> all = new TreeSet<>(WRITABLE);
    all.addAll(COMPUTED);
    return String.join(", ", all);
  }
}
