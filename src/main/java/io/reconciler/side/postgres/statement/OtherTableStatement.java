package io.reconciler.side.postgres.statement;

import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The statement that looks at a table which has come in the place of another one, dropped and made
 * anew or restored from a dump: how far it holds what is known of the old one's leads.
 */
final class OtherTableStatement {

  /** So many values that are all gone are no edits. */
  private static final int EMPTIED = 3;

  private final Mapping mapping;
  private final Columns columns;

  OtherTableStatement(Mapping mapping, Columns columns) {
    this.mapping = mapping;
    this.columns = columns;
  }

  /** By the name that the routes call it by. */
  Map<String, String> byName() {
    return Map.of("lookAtOtherTable", look());
  }

  /**
   * How many leads are known, how many of them the table does not have, how many it has in a state
   * before their records were last seen and, of the latter, which hold something else of the
   * portal's than was agreed on; and which of the portal's columns hold nothing of it in any lead.
   */
  private String look() {
    return "select cast(jsonb_build_object('known', count(*), 'lost', "
        + "count(*) filter (where l.\"@record\" is null), 'older', count(*) filter (where "
        + older()
        + "), 'outdated', jsonb_agg(a.airtable_record_id) filter (where "
        + outdated()
        + "), 'emptied', to_jsonb(array_remove(cast(array["
        + mapping.portalFields().stream()
            .map(OtherTableStatement::emptied)
            .collect(Collectors.joining(", "))
        + "] as text[]), null))) as text) as look from (values ("
        + Columns.RUN_CLIENT
        + ")) c (id) join reconciler.agreed_value a on a.client_id = c.id and a.table_name = "
        + columns.label()
        + " and not a.gone left join (select "
        + columns.identity("t", columns.rowClient("t"))
        + portals()
        + " from "
        + columns.table()
        + " t where "
        + columns.linked("t")
        + ") l on l.\"@record\" = a.airtable_record_id and l.\"@client\" = a.client_id";
  }

  private String portals() {
    List<FieldMapping> fields = mapping.portalFields();
    return fields.isEmpty() ? "" : ", " + columns.read("t", columns.rowClient("t"), fields);
  }

  // What waits to be pushed leaves the lead's time alone. Without times nothing is known of it.
  private String older() {
    String there = "l.\"@record\" is not null";
    return isTimed()
        ? there
            + " and not a.pending and a.airtable_modified_at is not null"
            + " and (l.\"@updated\" >= a.airtable_modified_at) is not true"
        : there;
  }

  private String outdated() {
    return isTimed()
        ? older() + " and not (" + new CandidateRows(mapping, columns).asAgreed() + ")"
        : "false";
  }

  private boolean isTimed() {
    return mapping.hasModifiedField() && mapping.postgres().updatedAt() != null;
  }

  // One or two of which it holds nothing may be edits of the portal that no run has seen yet.
  private static String emptied(FieldMapping field) {
    String filled = "l.\"@record\" is not null and " + AgreedColumn.isFilled(field);
    return "case when count(*) filter (where not a.pending and "
        + filled
        + ") >= "
        + EMPTIED
        + " and count(*) filter (where "
        + filled
        + " and "
        + AgreedColumn.isHeld(field)
        + ") = 0 then "
        + Columns.literal(field.column())
        + " end";
  }
}
