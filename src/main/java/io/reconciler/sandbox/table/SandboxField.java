package io.reconciler.sandbox.table;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A field of a table.
 *
 * @param id the fld... id; empty to have one made when the field joins a table
 * @param name as shown in Airtable
 * @param type one of Airtable's type names
 * @param choices the options of a select, empty otherwise
 * @param computed whether Airtable refuses writes; always so for the computed types
 * @param watched names or ids of the fields a lastModifiedTime watches; empty for all editable ones
 * @param resultType what a computed field yields: dateTime, date, singleLineText, number...
 * @param options what the metadata shows beside what follows from the type; not to be changed
 */
public record SandboxField(
    String id,
    String name,
    String type,
    List<String> choices,
    boolean computed,
    List<String> watched,
    String resultType,
    ObjectNode options) {

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

  /** Copies the lists; throws IllegalArgumentException for a malformed id. */
  public SandboxField {
    if (!id.isEmpty()) {
      Ids.checked("fld", id);
    }
    choices = List.copyOf(choices);
    watched = List.copyOf(watched);
    computed = computed || COMPUTED.contains(type);
  }

  /** A field that watches everything, should it be a lastModifiedTime, and shows the full time. */
  public SandboxField(String id, String name, String type, List<String> choices, boolean computed) {
    this(id, name, type, choices, computed, List.of(), usualResult(type), Json.object());
  }

  /** A field of that type, computed if the type is. */
  public static SandboxField of(String name, String type) {
    return new SandboxField("", name, type, List.of(), false);
  }

  /** A single select with these options. */
  public static SandboxField select(String name, String... choices) {
    return new SandboxField("", name, "singleSelect", List.of(choices), false);
  }

  /** A last modified time of these fields, or of all. */
  public static SandboxField lastModified(String name, String... watched) {
    return of(name, "lastModifiedTime").withWatched(List.of(watched));
  }

  /** The same field under that id. */
  public SandboxField withId(String newId) {
    return new SandboxField(newId, name, type, choices, computed, watched, resultType, options);
  }

  /** The same field under another name. */
  public SandboxField withName(String newName) {
    return new SandboxField(id, newName, type, choices, computed, watched, resultType, options);
  }

  /** The same field with these options. */
  public SandboxField withChoices(List<String> newChoices) {
    return new SandboxField(id, name, type, newChoices, computed, watched, resultType, options);
  }

  /** The same field watching only these, by name or id. */
  public SandboxField withWatched(List<String> fields) {
    return new SandboxField(id, name, type, choices, computed, fields, resultType, options);
  }

  /** The same field yielding that type: {@code date} makes a last modified time date-only. */
  public SandboxField withResultType(String result) {
    return new SandboxField(id, name, type, choices, computed, watched, result, options);
  }

  /** The same field with these options of the metadata, such as {@code precision}. */
  public SandboxField withOptions(Map<String, ?> more) {
    ObjectNode all = options.deepCopy();
    more.forEach((key, value) -> all.set(key, Json.cell(value)));
    return new SandboxField(id, name, type, choices, computed, watched, resultType, all);
  }

  /** A formula that is worked out when the record is read. */
  public static SandboxField formula(String name, String formula, String resultType) {
    return of(name, "formula").withResultType(resultType).withOptions(Map.of("formula", formula));
  }

  /** A link to records of a table, which shows them from the other side in its inverse field. */
  static SandboxField link(String id, String name, String table, String inverse, boolean single) {
    return of(name, "multipleRecordLinks")
        .withId(id)
        .withOptions(
            Map.of(
                "linkedTableId",
                table,
                "inverseLinkFieldId",
                inverse,
                "isReversed",
                false,
                "prefersSingleRecordLink",
                single));
  }

  /** A count of the records that a link holds. */
  static SandboxField count(String name, SandboxField link) {
    return of(name, "count").withOptions(Map.of("recordLinkFieldId", link.id()));
  }

  /** A lookup or rollup of a field of the records that a link holds. */
  static SandboxField over(String type, String name, SandboxField link, SandboxField source) {
    return of(name, type)
        .withResultType(source.computed() ? source.resultType() : source.type())
        .withOptions(Map.of("recordLinkFieldId", link.id(), "fieldIdInLinkedTable", source.id()));
  }

  public boolean isLink() {
    return type.equals("multipleRecordLinks");
  }

  /** An option that is a text; empty when there is none. */
  public String option(String key) {
    return options.path(key).asText("");
  }

  public boolean isSelect() {
    return type.equals("singleSelect") || type.equals("multipleSelects");
  }

  private static String usualResult(String type) {
    return type.equals("lastModifiedTime") || type.equals("createdTime")
        ? "dateTime"
        : "singleLineText";
  }
}
