package io.reconciler.side.postgres;

import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.MappingSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The statements on a mapped table that follow from its mapping. Rows come and go as one JSON value
 * each way, so that a page is one round trip and every value is bound; column names are checked
 * when the mapping is read.
 */
public final class LeadStatements {

  private static final String RUN_CLIENT = "cast(:#${exchangeProperty.run.client.id} as uuid)";
  private static final String RECORD_IDS =
      "(select jsonb_array_elements_text(cast(:#${body.recordIds} as jsonb)))";

  private final Mapping mapping;
  private final Columns columns;
  private final boolean perClient;
  private final CandidateStatements candidates;

  /** Statements for a table that is the only one. */
  public LeadStatements(Mapping mapping) {
    this(mapping, new MappingSet(List.of(mapping)), false);
  }

  /**
   * Statements for one of these tables.
   *
   * @param perClient whether a record id names a row only together with the client
   */
  public LeadStatements(Mapping mapping, MappingSet mappings, boolean perClient) {
    this.mapping = mapping;
    this.columns = new Columns(mapping, mappings);
    this.perClient = perClient && mapping.postgres().client() != null;
    this.candidates = new CandidateStatements(mapping, columns, this.perClient);
  }

  /** Every statement of the routes by the name that they call it by. */
  public Map<String, String> byName() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("lockLeads", lock());
    all.put("readLeads", read());
    all.put("insertLeads", insert());
    all.put("insertUnkeyedLeads", insertUnkeyed());
    all.put("updateLeads", update());
    all.put("portalEdit", portalEdit());
    all.putAll(candidates.byName());
    all.put("activeRecords", activeRecords());
    all.put("countActive", countActive());
    all.put("countStillActive", countStillActive());
    all.put("countNotLinked", countNotLinked());
    all.put("countUnagreed", countUnagreed());
    all.put("deactivate", deactivate());
    all.put("saveGone", saveGone());
    all.put("knownRecords", knownRecords());
    all.put("dueRecords", dueRecords());
    return all;
  }

  /** Locks the leads of a page, in the order of their record ids, and reads them. */
  public String lock() {
    return leads(" for update of t");
  }

  /** Reads the leads of a page, in the same order and form, and locks nothing. */
  public String read() {
    return leads("");
  }

  private String leads(String locking) {
    return "select cast(to_jsonb(lead) as text) as lead from (select "
        + columns.identity("t", "c.id")
        + ", "
        + columns.read("t", "c.id", mapping.fields())
        + " from (values ("
        + RUN_CLIENT
        + ")) c (id), "
        + columns.table()
        + " t where "
        + columns.record("t")
        // The list is made once, so that the index is used however little is known of the table.
        + " = any (array"
        + RECORD_IDS
        + ")"
        + (perClient ? " and " + columns.ofClient("t", "c.id") : "")
        + " order by "
        + columns.record("t")
        + locking
        + ") lead";
  }

  /** Inserts the new leads of a page; a row that somebody else inserted meanwhile is left alone. */
  public String insert() {
    return insert(Stream.of(mapping.postgres().key()));
  }

  /** The same where the table itself gives a new row its key. */
  public String insertUnkeyed() {
    return insert(Stream.of());
  }

  private String insert(Stream<String> key) {
    Map<String, String> own = new LinkedHashMap<>();
    key.forEach(column -> own.put(column, Columns.KEY));
    put(own, mapping.postgres().client(), Columns.CLIENT);
    put(own, mapping.postgres().recordId(), Columns.RECORD);
    put(own, mapping.postgres().createdAt(), Columns.CREATED);
    put(own, mapping.postgres().updatedAt(), Columns.UPDATED);
    List<FieldMapping> fields = mapping.fields();
    return "insert into "
        + columns.table()
        + " ("
        + own.keySet().stream().map(Columns::name).collect(Collectors.joining(", "))
        + ", "
        + Columns.names(fields)
        + ") select "
        + own.values().stream()
            .map(name -> "r." + Columns.name(name))
            .collect(Collectors.joining(", "))
        + ", "
        + fields.stream()
            .map(field -> columns.written(field, "r." + Columns.name(Columns.CLIENT)))
            .collect(Collectors.joining(", "))
        + " from jsonb_to_recordset(cast(:#${body.inserts} as jsonb)) as r("
        + columns.typed(
            "\"@key\" uuid, \"@client\" uuid, \"@record\" text, \"@created\" timestamptz,"
                + " \"@updated\" timestamptz",
            fields)
        + ") on conflict ("
        + (perClient ? Columns.name(String.valueOf(mapping.postgres().client())) + ", " : "")
        + Columns.name(mapping.postgres().recordId())
        + ") do nothing";
  }

  private static void put(Map<String, String> own, @Nullable String column, String name) {
    if (column != null) {
      own.put(column, name);
    }
  }

  /** Updates the changed leads of a page, which are locked. */
  public String update() {
    String updated = mapping.postgres().updatedAt();
    return "update "
        + columns.table()
        + " t set "
        + columns.set(mapping.fields(), "c.id")
        + (updated == null ? "" : ", " + Columns.name(updated) + " = r.\"@updated\"")
        + " from (values ("
        + RUN_CLIENT
        + ")) c (id), jsonb_to_recordset(cast(:#${body.updates} as jsonb)) as r("
        + changed(mapping.fields());
  }

  private String changed(List<FieldMapping> fields) {
    return columns.typed("\"@record\" text, \"@updated\" timestamptz, \"@kept\" text[]", fields)
        + ") where "
        + columns.record("t")
        + " = r.\"@record\""
        + (perClient ? " and " + columns.ofClient("t", "c.id") : "");
  }

  /**
   * Changes the portal's columns of a locked lead as the portal would: now, on the database's
   * clock, and after everything that was seen of the lead and its record.
   */
  public String portalEdit() {
    String updated = mapping.postgres().updatedAt();
    List<FieldMapping> fields = mapping.portalFields();
    if (updated == null || fields.isEmpty()) {
      return "select " + RUN_CLIENT + ", cast(:#${body.edit} as jsonb)";
    }
    String column = Columns.name(updated);
    return "update "
        + columns.table()
        + " t set "
        + columns.set(fields, "c.id")
        + ", "
        + column
        + " = greatest(clock_timestamp(), r.\"@updated\", case when isfinite(t."
        + column
        + ") then t."
        + column
        + " end) from (values ("
        + RUN_CLIENT
        + ")) c (id), jsonb_to_recordset(cast(:#${body.edit} as jsonb)) as r("
        + changed(fields);
  }

  /** The records of a client's active leads; a lead without one is not linked. */
  String activeRecords() {
    return "select " + columns.record("l") + activeOfRun();
  }

  /** How many active leads with a record a client has, for the guard. */
  String countActive() {
    return "select count(*)" + activeOfRun();
  }

  /** How many of a list of records still have an active lead. */
  String countStillActive() {
    return "select count(*)" + activeOfRun() + " and " + columns.record("l") + " in " + RECORD_IDS;
  }

  private String activeOfRun() {
    return " from (values ("
        + RUN_CLIENT
        + ")) c (id), "
        + columns.table()
        + " l where "
        + columns.ofClient("l", "c.id")
        + " and "
        + columns.active("l", "c.id")
        + " and "
        + columns.record("l")
        + " <> ''";
  }

  /** How many leads of a client have no record in Airtable; the engine leaves them alone. */
  String countNotLinked() {
    return "select count(*) from "
        + columns.table()
        + " l where "
        + columns.ofClient("l", RUN_CLIENT)
        + " and ("
        + columns.record("l")
        + " is null or "
        + columns.record("l")
        + " = '')";
  }

  /** How many leads with a record a client has, and on how many of them nothing was ever agreed. */
  String countUnagreed() {
    return "select cast(jsonb_build_object('leads', count(*),"
        + " 'unagreed', count(*) filter (where a.airtable_record_id is null)) as text) as leads"
        + " from (values ("
        + RUN_CLIENT
        + ")) c (id) join "
        + columns.table()
        + " l on "
        + columns.ofClient("l", "c.id")
        + " left join reconciler.agreed_value a on a.client_id = c.id and a.table_name = "
        + columns.label()
        + " and a.airtable_record_id = "
        + columns.record("l")
        + " where "
        + columns.record("l")
        + " is not null";
  }

  /**
   * Marks the leads whose record is gone; what the portal had changed is in the dead letters by
   * now.
   */
  String deactivate() {
    String gone =
        "with c as (select "
            + RUN_CLIENT
            + " as id), gone as (select jsonb_array_elements_text(cast(:#${body.recordIds} as jsonb)) as record)";
    if (mapping.existence().isEmpty()) {
      return gone
          + " insert into reconciler.agreed_value as a (client_id, table_name, airtable_record_id,"
          + " agreed, intent, pending, gone) select c.id, "
          + columns.label()
          + ", gone.record, '{}', '{}', false, true from c, gone where exists (select from "
          + columns.table()
          + " l where "
          + columns.record("l")
          + " = gone.record and "
          + columns.ofClient("l", "c.id")
          + ") on conflict (client_id, table_name, airtable_record_id) do update"
          + " set gone = true, pending = false, intent = '{}'";
    }
    String active = Columns.name(mapping.engineField().column());
    return gone
        + ", settled as (update reconciler.agreed_value a set pending = false, intent = '{}' from c"
        + " where a.client_id = c.id and a.table_name = "
        + columns.label()
        + " and a.airtable_record_id in (select record from gone)) update "
        + columns.table()
        + " l set "
        + active
        + " = false from c where "
        + columns.ofClient("l", "c.id")
        + " and l."
        + active
        + " and "
        + columns.record("l")
        + " in (select record from gone)";
  }

  /** Which of these records have a row. */
  String knownRecords() {
    return "select "
        + columns.record("l")
        + " from "
        + columns.table()
        + " l where "
        + columns.ofClient("l", RUN_CLIENT)
        + " and "
        + columns.record("l")
        + " = any (array"
        + RECORD_IDS
        + ")";
  }

  /** What a sweep changes: the leads of these records become inactive. */
  String saveGone() {
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
        + RECORD_IDS;
  }

  /**
   * The records to be tried again now: those that the run before had to leave, those that stage 1
   * could not apply at all, those of which PostgreSQL refused a value, those that were gone and may
   * be back, and those whose missing links have got a row.
   */
  String dueRecords() {
    return "select d.record from (values ("
        + RUN_CLIENT
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

  /** The mapped columns as they stand in a {@code create table}. */
  public String columnDefinitions() {
    return mapping.fields().stream()
        .map(LeadStatements::definition)
        .collect(Collectors.joining(",\n      "));
  }

  /** One column as it stands in a {@code create table} or after {@code add column}. */
  public static String definition(FieldMapping field) {
    return field.column()
        + " "
        + field.type().sql()
        + defaultClause(field)
        + (field.notNull() ? " not null" : "");
  }

  /** The column's default as DDL, a blank before it; empty when it has none. */
  static String defaultClause(FieldMapping field) {
    return field.defaultValue() == null ? "" : " default " + literal(field.defaultValue());
  }

  private static String literal(Object value) {
    return value instanceof String text
        ? Columns.literal(text)
        : value.toString().toLowerCase(Locale.ROOT);
  }
}
