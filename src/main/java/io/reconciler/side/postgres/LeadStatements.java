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

  /** Leads looked at in one read of the push candidates. */
  public static final int CANDIDATES = 500;

  private static final String RUN_CLIENT = "cast(:#${exchangeProperty.run.client.id} as uuid)";
  private static final String SCAN_CLIENT = "cast(:#${body.clientId} as uuid)";
  private static final String RECORD_IDS =
      "(select jsonb_array_elements_text(cast(:#${body.recordIds} as jsonb)))";
  private static final String NOT_DUE =
      "(x.status = 'discarded' or x.next_attempt_at > clock_timestamp())";

  private final Mapping mapping;
  private final Columns columns;
  private final boolean perClient;

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
    all.put("pushCandidates", candidates());
    all.put("everyPushCandidate", everyCandidate());
    all.put("duePushCandidates", dueCandidates());
    all.put("inactiveLeads", inactive());
    all.put("everyInactiveLead", everyInactive());
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

  /**
   * Reads the next leads that may hold a change of the portal, with what is known of each: those
   * changed since, in the order of their times, and those that are known as pending. Each of the
   * two ends at its own limit, so that PostgreSQL takes them from an index, whatever it knows of
   * the bound values.
   */
  public String candidates() {
    String updated = updated();
    return candidates(
        "(select "
            + ownColumns()
            + ", false as \"@waiting\" from "
            + columns.table()
            + " l"
            + ofClient()
            + " and ("
            + updated
            + ", "
            + columns.record("l")
            + ") > (cast(:#${body.changedAfter} as timestamptz), :#${body.changedRecord})"
            + " order by "
            + updated
            + ", "
            + columns.record("l")
            + " limit "
            + CANDIDATES
            + ") union all (select "
            + ownColumns()
            + ", true from reconciler.agreed_value p join "
            + columns.table()
            + " l on "
            + columns.record("l")
            + " = p.airtable_record_id"
            + ofClient()
            + " and p.client_id = "
            + SCAN_CLIENT
            + " and p.table_name = "
            + columns.label()
            + " and p.pending"
            + " and p.airtable_record_id > :#${body.after}"
            + " and ("
            + updated
            + " < cast(:#${body.since} as timestamptz)) is not false"
            + " order by p.airtable_record_id limit "
            + CANDIDATES
            + ")",
        "");
  }

  /** The same for a sweep, which looks at every lead. */
  public String everyCandidate() {
    return candidates(
        "select "
            + ownColumns()
            + ", true as \"@waiting\" from "
            + columns.table()
            + " l"
            + ofClient()
            + " and "
            + columns.record("l")
            + " > :#${body.after}"
            + " order by "
            + columns.record("l")
            + " limit "
            + CANDIDATES,
        " order by \"@record\"");
  }

  /**
   * The same for the active leads of which a dead letter of the whole record is due, the longest
   * waiting first, as many as one read takes.
   */
  public String dueCandidates() {
    return candidates(
        "select "
            + ownColumns()
            + ", true as \"@waiting\", w.next_attempt_at as \"@due\" from reconciler.dead_letter w"
            + " join lateral (select * from "
            + columns.table()
            + " g where "
            + columns.record("g")
            + " = w.airtable_record_id"
            + (perClient ? " and " + columns.ofClient("g", "w.client_id") : "")
            + " limit 1) l on true"
            + ofClient()
            + " and w.client_id = "
            + SCAN_CLIENT
            + " and w.table_name = "
            + columns.label()
            + " and w.stage = 'push' and w.field = '' and w.status = 'open'"
            + " and w.next_attempt_at <= clock_timestamp()"
            + " order by w.next_attempt_at, w.airtable_record_id limit 100",
        " order by \"@due\"");
  }

  private String updated() {
    String updated = mapping.postgres().updatedAt();
    return updated == null ? "cast(null as timestamptz)" : "l." + Columns.name(updated);
  }

  private String ofClient() {
    return " where "
        + columns.ofClient("l", SCAN_CLIENT)
        + " and "
        + columns.active("l", columns.rowClient("l"))
        + " and "
        + columns.record("l")
        + " <> ''";
  }

  /** Reads the next inactive leads that changed since, in the order of their times. */
  public String inactive() {
    return inactive(
        " and (%s, %s) > (cast(:#${body.changedAfter} as timestamptz), :#${body.record})"
            .formatted(updated(), columns.record("l")),
        updated() + ", " + columns.record("l"),
        "\"@updated\", \"@record\"");
  }

  /** Reads the next inactive leads, whenever they changed. */
  public String everyInactive() {
    return inactive(
        " and " + columns.record("l") + " > :#${body.record}", columns.record("l"), "\"@record\"");
  }

  private String inactive(String from, String order, String outer) {
    return candidates(
        "select "
            + ownColumns()
            + ", true as \"@waiting\" from "
            + columns.table()
            + " l where "
            + columns.ofClient("l", SCAN_CLIENT)
            + " and not ("
            + columns.active("l", columns.rowClient("l"))
            + ") and "
            + columns.record("l")
            + " <> ''"
            + from
            + " order by "
            + order
            + " limit "
            + CANDIDATES,
        " order by " + outer,
        "interval '0'");
  }

  private String ownColumns() {
    String read = columns.read("l", columns.rowClient("l"), mapping.portalFields());
    return columns.identity("l", columns.rowClient("l")) + (read.isEmpty() ? "" : ", " + read);
  }

  // A merge can stamp a lead with a time of Airtable's clock; if that lies ahead of ours, it says
  // nothing about the portal being at work.
  private String candidates(String leads, String order) {
    return candidates(leads, order, "cast(:#${body.grace} as interval)");
  }

  private String candidates(String leads, String order, String grace) {
    return "select cast(to_jsonb(candidate) as text) as candidate from (select l.*"
        + ", l.\"@updated\" > clock_timestamp() - "
        + grace
        + " and l.\"@updated\" < clock_timestamp() + interval '10 seconds' as \"@in_grace\""
        + ", jsonb_build_object('agreed', a.agreed, 'intent', a.intent, 'airtable_modified_at',"
        + " a.airtable_modified_at, 'pending', a.pending) as \"@known\""
        + ", d.held as \"@held\", d.whole as \"@whole\""
        + " from ("
        + leads
        + ") l"
        // One look each: without the limit all agreed values could be read for a few hundred leads.
        + " left join lateral (select * from reconciler.agreed_value g"
        + " where g.client_id = l.\"@client\" and g.table_name = "
        + columns.label()
        + " and g.airtable_record_id = l.\"@record\" limit 1) a on true"
        + " left join lateral (select jsonb_object_agg(x.field, x.payload) filter (where "
        + NOT_DUE
        + ") as held, (jsonb_agg(jsonb_build_object('payload', x.payload, 'last_at', x.last_at,"
        + " 'due', not "
        + NOT_DUE
        + ")) filter (where x.field = '')) -> 0 as whole"
        + " from reconciler.dead_letter x where x.stage = 'push' and x.client_id = l.\"@client\""
        + " and x.table_name = "
        + columns.label()
        + " and x.airtable_record_id = l.\"@record\" and x.status <> 'closed') d on true"
        + order
        + ") candidate";
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
