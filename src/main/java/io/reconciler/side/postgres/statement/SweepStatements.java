package io.reconciler.side.postgres.statement;

import io.reconciler.side.mapping.Mapping;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The statements on the active leads of a mapped table: what a sweep counts, and what it does about
 * those whose record is gone.
 */
final class SweepStatements {

  private final Mapping mapping;
  private final Columns columns;

  SweepStatements(Mapping mapping, Columns columns) {
    this.mapping = mapping;
    this.columns = columns;
  }

  /** Each by the name that the routes call it by. */
  Map<String, String> byName() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("activeRecords", activeRecords());
    all.put("countActive", countActive());
    all.put("countStillActive", countStillActive());
    all.put("countNotLinked", countNotLinked());
    all.put("countUnagreed", countUnagreed());
    all.put("deactivate", deactivate());
    all.put("saveGone", saveGone());
    return all;
  }

  /** The records of a client's active leads; a lead without one is not linked. */
  private String activeRecords() {
    return "select " + columns.record("l") + activeOfRun();
  }

  /** How many active leads with a record a client has, for the guard. */
  private String countActive() {
    return "select count(*)" + activeOfRun();
  }

  /** How many of a list of records still have an active lead. */
  private String countStillActive() {
    return "select count(*)"
        + activeOfRun()
        + " and "
        + columns.record("l")
        + " in "
        + Columns.RECORD_IDS;
  }

  private String activeOfRun() {
    return " from (values ("
        + Columns.RUN_CLIENT
        + ")) c (id), "
        + columns.table()
        + " l where "
        + columns.ofClient("l", "c.id")
        + " and "
        + columns.active("l", "c.id")
        + " and "
        + columns.linked("l");
  }

  /** How many leads of a client have no record in Airtable; the engine leaves them alone. */
  private String countNotLinked() {
    return "select count(*) from "
        + columns.table()
        + " l where "
        + columns.ofClient("l", Columns.RUN_CLIENT)
        + " and ("
        + columns.linked("l")
        + ") is not true";
  }

  /** How many leads with a record a client has, and on how many of them nothing was ever agreed. */
  private String countUnagreed() {
    return "select cast(jsonb_build_object('leads', count(*),"
        + " 'unagreed', count(*) filter (where a.airtable_record_id is null)) as text) as leads"
        + " from (values ("
        + Columns.RUN_CLIENT
        + ")) c (id) join "
        + columns.table()
        + " l on "
        + columns.ofClient("l", "c.id")
        + " left join reconciler.agreed_value a on a.client_id = c.id and a.table_name = "
        + columns.label()
        + " and a.airtable_record_id = "
        + columns.record("l")
        + " where "
        + columns.linked("l");
  }

  /**
   * Marks the leads whose record is gone; what the portal had changed is in the dead letters by
   * now.
   */
  private String deactivate() {
    String gone =
        "with \"@client\" as (select "
            + Columns.RUN_CLIENT
            + " as id), \"@gone\" as (select jsonb_array_elements_text(cast(:#${body.recordIds} as jsonb)) as record)";
    if (mapping.existence().isEmpty()) {
      return gone
          + " insert into reconciler.agreed_value as a (client_id, table_name, airtable_record_id,"
          + " agreed, intent, pending, gone) select c.id, "
          + columns.label()
          + ", g.record, '{}', '{}', false, true from \"@client\" c, \"@gone\" g where exists (select from "
          + columns.table()
          + " l where "
          + columns.record("l")
          + " = g.record and "
          + columns.ofClient("l", "c.id")
          + ") on conflict (client_id, table_name, airtable_record_id) do update"
          + " set gone = true, pending = false, intent = '{}'";
    }
    String active = Columns.name(mapping.engineField().column());
    return gone
        + ", \"@settled\" as (update reconciler.agreed_value a set pending = false, intent = '{}' from \"@client\" c"
        + " where a.client_id = c.id and a.table_name = "
        + columns.label()
        + " and a.airtable_record_id in (select record from \"@gone\")) update "
        + columns.table()
        + " l set "
        + active
        + " = false from \"@client\" c where "
        + columns.ofClient("l", "c.id")
        + " and l."
        + active
        + " and "
        + columns.record("l")
        + " in (select record from \"@gone\")";
  }

  /** What a sweep changes: the leads of these records become inactive. */
  private String saveGone() {
    return "insert into reconciler.run_change"
        + " (run_id, client_id, table_name, airtable_record_id, kind, changes)"
        + " select cast(:#${exchangeProperty.run.id} as uuid), c.id, "
        + columns.label()
        + ", "
        + columns.record("l")
        + ", 'gone', '{}'"
        + activeOfRun()
        + " and "
        + columns.record("l")
        + " in "
        + Columns.RECORD_IDS;
  }
}
