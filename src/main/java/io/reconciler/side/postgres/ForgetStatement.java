package io.reconciler.side.postgres;

import io.reconciler.side.mapping.Mapping;
import java.util.Map;

/** The statement that forgets what was agreed on of fields in whose place others have come. */
final class ForgetStatement {

  private static final String GROUPS = "g.names";

  private final Mapping mapping;
  private final Columns columns;

  ForgetStatement(Mapping mapping, Columns columns) {
    this.mapping = mapping;
    this.columns = columns;
  }

  /** By the name that the routes call it by. */
  Map<String, String> byName() {
    return Map.of("forgetReplaced", forgetReplaced());
  }

  /**
   * Nothing was ever agreed on of these field groups. A lead that may hold a value of them is known
   * as pending: its record was not modified, and neither was the lead, so that nothing else would
   * bring the value to the new field.
   */
  private String forgetReplaced() {
    return "with \"@groups\" as (select array(select jsonb_array_elements_text("
        + "cast(:#${exchangeProperty.run.table.fields.replacedGroupsJson} as jsonb))) as names, "
        + Columns.RUN_CLIENT
        + " as client) update reconciler.agreed_value a set "
        + without("agreed")
        + ", "
        + without("intent")
        + ", "
        + without("written")
        + ", "
        + without("seen")
        + ", pending = a.pending or (exists (select from unnest("
        + GROUPS
        + ") f (name), jsonb_each(a.agreed -> f.name) v where v.value <> 'null') and exists (select from "
        + columns.table()
        + " l where "
        + columns.record("l")
        + " = a.airtable_record_id and "
        + columns.ofClient("l", "g.client")
        + " and "
        + columns.active("l", "g.client")
        + ")) from \"@groups\" g where a.client_id = g.client and a.table_name = "
        + Columns.literal(mapping.name())
        + " and (a.agreed || a.intent || a.written || a.seen) - "
        + GROUPS
        + " <> a.agreed || a.intent || a.written || a.seen";
  }

  private static String without(String column) {
    return column + " = a." + column + " - " + GROUPS;
  }
}
