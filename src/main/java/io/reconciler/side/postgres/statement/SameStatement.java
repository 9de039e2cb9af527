package io.reconciler.side.postgres.statement;

import io.reconciler.side.mapping.FieldGroup;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The statement that says of how many records of a page the lead holds just their values, and is
 * agreed on: cheaper than to read the leads. It takes no value for another one; of what is the same
 * but for its form it may say that it is not.
 */
public final class SameStatement {

  /** The agreed values that a record would have, and the modification time seen then. */
  public static final String AGREED = "@agreed";

  public static final String MODIFIED = "@modified";
  public static final String RECORD = Columns.RECORD;

  /** The values that are compared as one text. */
  public static final String ROW = "@row";

  /** PostgreSQL's functions take 100 arguments, two for each group here. */
  private static final int MOST_GROUPS = 50;

  private final Mapping mapping;
  private final Columns columns;
  private final boolean perClient;

  SameStatement(Mapping mapping, Columns columns, boolean perClient) {
    this.mapping = mapping;
    this.columns = columns;
    this.perClient = perClient;
  }

  /** By the name that the routes call it by. */
  Map<String, String> byName() {
    return Map.of("countSame", countSame());
  }

  /** Whether records and leads of a mapping can be compared so: links travel as other keys. */
  public static boolean serves(Mapping mapping) {
    return !mapping.hasLinks()
        && mapping.fields().size()
            == mapping.airtableFields().size() + (mapping.existence().isPresent() ? 1 : 0);
  }

  /** The fields that make up the one text. */
  public static List<FieldMapping> texts(Mapping mapping) {
    return mapping.airtableFields().stream().filter(RowText::has).toList();
  }

  /** Those that are compared each for itself. */
  public static List<FieldMapping> others(Mapping mapping) {
    return mapping.airtableFields().stream().filter(field -> !RowText.has(field)).toList();
  }

  private String countSame() {
    return "select count(*) from (values ("
        + Columns.RUN_CLIENT
        + ")) c (id), "
        + Columns.rows("exchangeProperty.pageRows")
        + " as r("
        + columns.typed(
            "\"@record\" text, \"@modified\" timestamptz, \"@agreed\" jsonb, \"@row\" text",
            others(mapping))
        // One look each: without the limit all leads could be read for a hundred.
        + ") join lateral (select "
        + columns.chosen("g", mapping.airtableFields())
        + " from "
        + columns.table()
        + " g where "
        + columns.record("g")
        + " = r.\"@record\""
        + (perClient ? " and " + columns.ofClient("g", "c.id") : "")
        + " limit 1) t on true join lateral (select * from reconciler.agreed_value v"
        + " where v.client_id = c.id and v.table_name = "
        + columns.label()
        + " and v.airtable_record_id = r.\"@record\" limit 1) a on true where "
        + columns.ofClient("t", "c.id")
        + existence()
        + times()
        + " and not a.pending and not a.gone and a.intent = '{}' and a.written = '{}'"
        + " and a.seen = '{}' and a.altered = '{}' and a.airtable_modified_at = r.\"@modified\""
        + " and "
        + agreed()
        + row()
        + others(mapping).stream().map(SameStatement::same).collect(Collectors.joining())
        + waitsFor("dead_letter", " and w.status <> 'closed'")
        + waitsFor("left_record", "");
  }

  // What was agreed on of groups that are not in the mapping any more says nothing, unless it is
  // about a column that is Airtable's now: the portal may have edited that.
  private String agreed() {
    List<String> groups = mapping.groups().stream().map(FieldGroup::name).toList();
    String now =
        groups.stream()
            .map(group -> Columns.literal(group) + ", a.agreed -> " + Columns.literal(group))
            .collect(Collectors.joining(", ", "jsonb_build_object(", ")"));
    return groups.size() > MOST_GROUPS
        ? "a.agreed = r.\"@agreed\""
        : "(a.agreed = r.\"@agreed\" or "
            + now
            + " = r.\"@agreed\" and not exists (select from jsonb_each(a.agreed - "
            + texts(groups.stream())
            + ") f (name, value), jsonb_object_keys(f.value) k (name) where k.name = any ("
            + texts(mapping.airtableFields().stream().map(FieldMapping::column))
            + ")))";
  }

  private static String texts(Stream<String> texts) {
    return texts
        .map(Columns::literal)
        .collect(Collectors.joining(", ", "cast(array[", "] as text[])"));
  }

  private String existence() {
    return mapping.existence().map(field -> " and t." + Columns.name(field.column())).orElse("");
  }

  // A time that can't be read is told of.
  private String times() {
    String updated = mapping.postgres().updatedAt();
    return updated == null
        ? ""
        : " and t.%s >= '0001-01-01' and t.%1$s <= '9999-12-31'".formatted(Columns.name(updated));
  }

  private String waitsFor(String table, String more) {
    return " and not exists (select from reconciler."
        + table
        + " w where w.client_id = c.id and w.table_name = "
        + columns.label()
        + " and w.airtable_record_id = r.\"@record\""
        + more
        + ")";
  }

  // Byte by byte: a collation may take two texts for the same.
  private String row() {
    return " and " + RowText.sql("t", texts(mapping)) + " collate \"C\" = r.\"@row\"";
  }

  private static String same(FieldMapping field) {
    String name = Columns.name(field.column());
    String pair =
        switch (field.type().base()) {
          case TEXT_ARRAY -> "to_jsonb(t.%s) is not distinct from to_jsonb(r.%1$s)";
          default -> "t.%s is not distinct from r.%1$s";
        };
    return " and " + pair.formatted(name);
  }
}
