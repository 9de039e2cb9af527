package io.reconciler.store;

import io.reconciler.mapping.FieldMapping;
import io.reconciler.mapping.Mapping;
import io.reconciler.mapping.PgType;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The statements on {@code leads} that follow from the mapping. Rows come and go as one JSON value
 * each way, so that a page is one round trip and every value is bound; column names are checked
 * when the mapping is read.
 */
public final class LeadStatements {

  /** Leads looked at in one read of the push candidates. */
  public static final int CANDIDATES = 500;

  private static final List<String> IDENTITY =
      List.of("airtable_record_id", "created_at", "updated_at");

  private static final String OF_CLIENT =
      " where l.client_id = cast(:#${body.clientId} as uuid) and l.is_active"
          + " and l.airtable_record_id <> ''";

  private static final String NOT_DUE =
      "(x.status = 'discarded' or x.next_attempt_at > clock_timestamp())";

  private final Mapping mapping;

  /** Statements for the columns of this mapping. */
  public LeadStatements(Mapping mapping) {
    this.mapping = mapping;
  }

  /** Locks the leads of a page, in the order of their record ids, and reads them. */
  public String lock() {
    return leads(" for update");
  }

  /** Reads the leads of a page, in the same order and form, and locks nothing. */
  public String read() {
    return leads("");
  }

  private String leads(String locking) {
    return "select cast(to_jsonb(lead) as text) as lead from (select "
        + columns(
            Stream.of("client_id", "airtable_record_id", "created_at", "updated_at"),
            mapping.fields())
        // The list is made once, so that the index is used however little is known of the table.
        + " from leads where airtable_record_id = any (array("
        + "select jsonb_array_elements_text(cast(:#${body.recordIds} as jsonb))))"
        + " order by airtable_record_id"
        + locking
        + ") lead";
  }

  /** Inserts the new leads of a page; a row that somebody else inserted meanwhile is left alone. */
  public String insert() {
    return insert(Stream.of("id"));
  }

  /** The same where the table itself gives a new row its key. */
  public String insertUnkeyed() {
    return insert(Stream.of());
  }

  private String insert(Stream<String> key) {
    Stream<String> identity =
        Stream.of("client_id", "airtable_record_id", "created_at", "updated_at");
    String names = columns(Stream.concat(key, identity), mapping.fields());
    return "insert into leads ("
        + names
        + ") select "
        + names
        + " from jsonb_to_recordset(cast(:#${body.inserts} as jsonb)) as r("
        + typed(
            "id uuid, client_id uuid, airtable_record_id text, created_at timestamptz,"
                + " updated_at timestamptz")
        + ") on conflict (airtable_record_id) do nothing";
  }

  /** Updates the changed leads of a page, which are locked. */
  public String update() {
    String set =
        mapping.fields().stream()
            .map(field -> field.column() + " = r." + field.column())
            .collect(Collectors.joining(", "));
    return "update leads set "
        + set
        + ", updated_at = r.updated_at from jsonb_to_recordset(cast(:#${body.updates} as jsonb)) as r("
        + typed("airtable_record_id text, updated_at timestamptz")
        + ") where leads.airtable_record_id = r.airtable_record_id";
  }

  /**
   * Changes the portal's columns of a locked lead as the portal would: now, on the database's
   * clock, and after everything that was seen of the lead and its record.
   */
  public String portalEdit() {
    String set =
        mapping.portalFields().stream()
            .map(field -> field.column() + " = r." + field.column())
            .collect(Collectors.joining(", "));
    return "update leads set "
        + set
        + ", updated_at = greatest(clock_timestamp(), r.updated_at,"
        + " case when isfinite(leads.updated_at) then leads.updated_at end)"
        + " from jsonb_to_recordset(cast(:#${body.edit} as jsonb)) as r("
        + typed("airtable_record_id text, updated_at timestamptz")
        + ") where leads.airtable_record_id = r.airtable_record_id";
  }

  /**
   * Reads the next leads that may hold a change of the portal, with what is known of each: those
   * changed since, in the order of their times, and those that are known as pending. Each of the
   * two ends at its own limit, so that PostgreSQL takes them from an index, whatever it knows of
   * the bound values.
   */
  public String candidates() {
    return candidates(
        "(select "
            + ownColumns()
            + ", false as waiting from leads l"
            + OF_CLIENT
            + " and (l.updated_at, l.airtable_record_id)"
            + " > (cast(:#${body.changedAfter} as timestamptz), :#${body.changedRecord})"
            + " order by l.updated_at, l.airtable_record_id limit "
            + CANDIDATES
            + ") union all (select "
            + ownColumns()
            + ", true from reconciler.agreed_value p"
            + " join leads l on l.airtable_record_id = p.airtable_record_id"
            + OF_CLIENT
            + " and p.client_id = cast(:#${body.clientId} as uuid) and p.pending"
            + " and p.airtable_record_id > :#${body.after}"
            + " and (l.updated_at < cast(:#${body.since} as timestamptz)) is not false"
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
            + ", true as waiting from leads l"
            + OF_CLIENT
            + " and l.airtable_record_id > :#${body.after}"
            + " order by l.airtable_record_id limit "
            + CANDIDATES,
        " order by airtable_record_id");
  }

  /**
   * The same for the active leads of which a dead letter of the whole record is due, the longest
   * waiting first, as many as one read takes.
   */
  public String dueCandidates() {
    return candidates(
        "select "
            + ownColumns()
            + ", true as waiting, w.next_attempt_at from reconciler.dead_letter w"
            + " join lateral (select * from leads g"
            + " where g.airtable_record_id = w.airtable_record_id limit 1) l on true"
            + OF_CLIENT
            + " and w.client_id = cast(:#${body.clientId} as uuid)"
            + " and w.stage = 'push' and w.field = '' and w.status = 'open'"
            + " and w.next_attempt_at <= clock_timestamp()"
            + " order by w.next_attempt_at, w.airtable_record_id limit 100",
        " order by next_attempt_at");
  }

  private String ownColumns() {
    return columns(Stream.concat(IDENTITY.stream(), Stream.of("client_id")), mapping.portalFields())
        .replaceAll("(^|, )", "$1l.");
  }

  // A merge can stamp a lead with a time of Airtable's clock; if that lies ahead of ours, it says
  // nothing about the portal being at work.
  private static String candidates(String leads, String order) {
    return "select cast(to_jsonb(candidate) as text) as candidate from (select l.*"
        + ", l.updated_at > clock_timestamp() - cast(:#${body.grace} as interval)"
        + " and l.updated_at < clock_timestamp() + interval '10 seconds' as in_grace"
        + ", a.agreed, a.intent, a.airtable_modified_at, a.pending, d.held, d.whole"
        + " from ("
        + leads
        + ") l"
        // One look each: without the limit all agreed values could be read for a few hundred leads.
        + " left join lateral (select * from reconciler.agreed_value g"
        + " where g.airtable_record_id = l.airtable_record_id limit 1) a on true"
        + " left join lateral (select jsonb_object_agg(x.field, x.payload) filter (where "
        + NOT_DUE
        + ") as held, (jsonb_agg(jsonb_build_object('payload', x.payload, 'last_at', x.last_at,"
        + " 'due', not "
        + NOT_DUE
        + ")) filter (where x.field = '')) -> 0 as whole"
        + " from reconciler.dead_letter x where x.stage = 'push' and x.client_id = l.client_id"
        + " and x.airtable_record_id = l.airtable_record_id and x.status <> 'closed') d on true"
        + order
        + ") candidate";
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
        ? "'" + text.replace("'", "''") + "'"
        : value.toString().toLowerCase(Locale.ROOT);
  }

  private static String columns(Stream<String> first, List<FieldMapping> fields) {
    return Stream.concat(first, fields.stream().map(FieldMapping::column))
        .collect(Collectors.joining(", "));
  }

  // Text, not varchar(n): a row type would cut a long value, the column refuses it. A bigint may
  // hold
  // what is no integer of ours, and keeps it.
  private String typed(String first) {
    return mapping.fields().stream()
        .map(field -> field.column() + " " + rowType(field.type()))
        .collect(Collectors.joining(", ", first + ", ", ""));
  }

  private static String rowType(PgType type) {
    return switch (type.base()) {
      case VARCHAR -> "text";
      case SMALLINT, INTEGER -> "bigint";
      default -> type.sql();
    };
  }
}
