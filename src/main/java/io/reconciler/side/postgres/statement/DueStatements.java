package io.reconciler.side.postgres.statement;

import io.reconciler.side.mapping.Mapping;
import java.util.Map;
import java.util.stream.Collectors;

/** The statement that finds what has to be tried again of a mapped table. */
final class DueStatements {

  private final Mapping mapping;
  private final Columns columns;

  DueStatements(Mapping mapping, Columns columns) {
    this.mapping = mapping;
    this.columns = columns;
  }

  /** Each by the name that the routes call it by. */
  Map<String, String> byName() {
    return Map.of("dueRecords", dueRecords());
  }

  /**
   * The records to be tried again now: those that the run before had to leave, those that stage 1
   * could not apply at all, those of which PostgreSQL refused a value, those that were gone and may
   * be back, and those whose missing links have got a row.
   */
  private String dueRecords() {
    return "select d.record from (values ("
        + Columns.RUN_CLIENT
        + ")) c (id) join lateral (select r.airtable_record_id as record, r.since as due"
        + " from reconciler.left_record r where r.client_id = c.id and r.table_name = "
        + columns.label()
        + " union all select d.airtable_record_id, d.next_attempt_at from reconciler.dead_letter d"
        + " where d.status = 'open' and d.next_attempt_at <= now() and d.client_id = c.id"
        + " and d.table_name = "
        + columns.label()
        + " and (d.stage = 'pull' and (d.field = '' or jsonb_exists(d.payload, 'refused'))"
        + " or d.stage = 'push' and d.field = '' and not exists (select from "
        + columns.table()
        + " l where "
        + columns.record("l")
        + " = d.airtable_record_id and "
        + columns.ofClient("l", "c.id")
        + " and "
        + columns.active("l", "c.id")
        + "))"
        + linked()
        + ") d on true group by d.record order by min(d.due) limit 100";
  }

  private String linked() {
    return mapping.fields().stream()
        .flatMap(
            field ->
                columns.target(field).stream()
                    .map(
                        target ->
                            " union all select d.airtable_record_id, d.next_attempt_at"
                                + " from reconciler.dead_letter d where d.status = 'open'"
                                + " and d.stage = 'pull' and d.client_id = c.id"
                                + " and d.table_name = "
                                + columns.label()
                                + " and d.field = "
                                + Columns.literal(field.column())
                                + " and jsonb_typeof(d.payload -> 'links') = 'array'"
                                + " and exists (select from jsonb_array_elements_text(case when"
                                + " jsonb_typeof(d.payload -> 'links') = 'array' then d.payload -> 'links'"
                                + " else '[]' end) x (record) join "
                                + target.table()
                                + " k on "
                                + target.record("k")
                                + " = x.record and "
                                + target.ofClient("k", "c.id")
                                + ")"))
        .collect(Collectors.joining());
  }
}
