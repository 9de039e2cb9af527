package io.reconciler.side.postgres.statement;

import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.MappingSet;
import java.util.LinkedHashMap;
import java.util.List;
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

  private final Mapping mapping;
  private final Columns columns;
  private final boolean perClient;
  private final AlteringColumns altering;
  private final List<Map<String, String>> others;

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
    this.altering = new AlteringColumns(mapping);
    this.others =
        List.of(
            new CandidateStatements(mapping, columns, this.perClient).byName(),
            new SameStatement(mapping, columns, this.perClient).byName(),
            new SweepStatements(mapping, columns).byName(),
            new DueStatements(mapping, columns).byName(),
            new ForgetStatement(mapping, columns).byName(),
            new OtherTableStatement(mapping, columns).byName());
  }

  /** Every statement of the routes by the name that they call it by. */
  public Map<String, String> byName() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("lockLeads", lock());
    all.put("readLeads", read());
    all.put("rewrittenLeads", rewritten());
    all.put("insertLeads", insert());
    all.put("insertUnkeyedLeads", insertUnkeyed());
    all.put("updateLeads", update());
    all.put("portalEdit", portalEdit());
    all.put("knownRecords", knownRecords());
    others.forEach(all::putAll);
    return all;
  }

  /** Locks the leads of a page, in the order of their record ids, and reads them. */
  public String lock() {
    return leads("", " for update of t");
  }

  /** Reads the leads of a page, in the same order and form, and locks nothing. */
  public String read() {
    return leads("", "");
  }

  /** The same, if something else than was written may have been stored; else no rows. */
  String rewritten() {
    return leads(" and exists (" + altering.names() + ")", "");
  }

  private String leads(String condition, String locking) {
    return "select cast(to_jsonb(\"@lead\") as text) as lead from (select "
        + columns.identity("t", "c.id")
        + ", "
        + columns.read("t", "c.id", mapping.fields())
        + ", (select jsonb_agg(x.name) from ("
        + altering.names()
        + ") x) as "
        + Columns.name(Columns.ALTERING)
        + " from (values ("
        + Columns.RUN_CLIENT
        + ")) c (id), "
        + columns.table()
        + " t where "
        + columns.record("t")
        // The list is made once, so that the index is used however little is known of the table.
        + " = any (array"
        + Columns.RECORD_IDS
        + ")"
        + (perClient ? " and " + columns.ofClient("t", "c.id") : "")
        + condition
        + " order by "
        + columns.record("t")
        + locking
        + ") \"@lead\"";
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
        + " from "
        + Columns.rows("body.inserts")
        + " as r("
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
        + Columns.RUN_CLIENT
        + ")) c (id), "
        + Columns.rows("body.updates")
        + " as r("
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
      return "select " + Columns.RUN_CLIENT + ", cast(:#${body.edit} as jsonb)";
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
        + Columns.RUN_CLIENT
        + ")) c (id), jsonb_to_recordset(cast(:#${body.edit} as jsonb)) as r("
        + changed(fields);
  }

  /** Which of these records have a row. */
  String knownRecords() {
    return "select "
        + columns.record("l")
        + " from "
        + columns.table()
        + " l where "
        + columns.ofClient("l", Columns.RUN_CLIENT)
        + " and "
        + columns.record("l")
        + " = any (array"
        + Columns.RECORD_IDS
        + ")";
  }
}
