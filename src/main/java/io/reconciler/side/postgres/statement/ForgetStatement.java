package io.reconciler.side.postgres.statement;

import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import java.util.Map;
import java.util.stream.Collectors;

/** The statement that forgets what was agreed on of fields in whose place others have come. */
final class ForgetStatement {

  private final Mapping mapping;
  private final Columns columns;

  ForgetStatement(Mapping mapping, Columns columns) {
    this.mapping = mapping;
    this.columns = columns;
  }

  /** By the name that the routes call it by. */
  Map<String, String> byName() {
    return Map.of("forgetReplaced", forgetReplaced(), "filledColumns", filledColumns());
  }

  /**
   * Which of the portal's columns that were made anew hold some value that was agreed on: whoever
   * made them has copied it, as when a type is changed without a long lock.
   */
  private String filledColumns() {
    String all =
        mapping.portalFields().stream()
            .map(this::filled)
            .collect(Collectors.joining(" union all "));
    return "with \"@run\" as (select "
        + Columns.RUN_CLIENT
        + " as client, cast(:#${exchangeProperty.run.table.fields.changes.movedJson} as jsonb) as moved) "
        + (all.isEmpty() ? "select cast(moved as text) from \"@run\" where false" : all);
  }

  private String filled(FieldMapping field) {
    String name = Columns.literal(field.column());
    return "select "
        + name
        + " from \"@run\" r where jsonb_exists(r.moved, "
        + name
        + ") and exists (select from reconciler.agreed_value a join "
        + columns.table()
        + " l on "
        + columns.record("l")
        + " = a.airtable_record_id and "
        + columns.ofClient("l", "r.client")
        + " where a.client_id = r.client and a.table_name = "
        + Columns.literal(mapping.name())
        + " and "
        + AgreedColumn.isFilled(field)
        + " and "
        + AgreedColumn.isHeld(field)
        + ")";
  }

  /**
   * Nothing was ever agreed on of the groups of replaced fields. What was agreed on of those whose
   * type was changed counts where Airtable still shows it, like what was sent and may have arrived.
   * A lead that may hold a value of them is known as pending: its record was not modified, and
   * neither was the lead, so that nothing else would bring the value to the field.
   */
  private String forgetReplaced() {
    return "with \"@groups\" as (select names, array(select unnest(names) except select"
        + " unnest(unsure)) as gone, unsure, client from (select "
        + groups("replacedGroupsJson")
        + " || "
        + groups("convertedGroupsJson")
        + " as names, "
        + groups("convertedGroupsJson")
        + " as unsure, "
        + Columns.RUN_CLIENT
        + " as client) q) update reconciler.agreed_value a set agreed = a.agreed - g.names"
        + ", intent = coalesce((select jsonb_object_agg(v.key, v.value) from jsonb_each(a.agreed) v"
        + " where v.key = any (g.unsure)), '{}') || a.intent - g.gone"
        + ", written = a.written - g.gone, seen = a.seen - g.gone"
        + ", pending = a.pending or (exists (select from unnest(g.names) f (name),"
        + " jsonb_each(a.agreed -> f.name) v where v.value <> 'null') and exists (select from "
        + columns.table()
        + " l where "
        + columns.record("l")
        + " = a.airtable_record_id and "
        + columns.ofClient("l", "g.client")
        + " and "
        + columns.active("l", "g.client")
        + ")) from \"@groups\" g where a.client_id = g.client and a.table_name = "
        + Columns.literal(mapping.name())
        + " and (jsonb_exists_any(a.agreed, g.names)"
        + " or jsonb_exists_any(a.intent || a.written || a.seen, g.gone))";
  }

  private static String groups(String which) {
    return "array(select jsonb_array_elements_text(cast(:#${exchangeProperty.run.table.fields.changes."
        + which
        + "} as jsonb)))";
  }
}
