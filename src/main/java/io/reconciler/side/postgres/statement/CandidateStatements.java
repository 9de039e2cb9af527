package io.reconciler.side.postgres.statement;

import io.reconciler.side.mapping.Mapping;
import java.util.LinkedHashMap;
import java.util.Map;

/** The statements that look for leads of a mapped table with something for Airtable. */
public final class CandidateStatements {

  /** Leads looked at in one read of the push candidates. */
  public static final int CANDIDATES = 500;

  private static final String SCAN_CLIENT = "cast(:#${body.clientId} as uuid)";

  private final Mapping mapping;
  private final Columns columns;
  private final CandidateRows rows;
  private final boolean perClient;

  CandidateStatements(Mapping mapping, Columns columns, boolean perClient) {
    this.mapping = mapping;
    this.columns = columns;
    this.rows = new CandidateRows(mapping, columns);
    this.perClient = perClient;
  }

  /** Each by the name that the routes call it by. */
  Map<String, String> byName() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("pushCandidates", candidates());
    all.put("everyPushCandidate", everyCandidate());
    all.put("duePushCandidates", dueCandidates());
    all.put("inactiveLeads", inactive());
    all.put("everyInactiveLead", everyInactive());
    return all;
  }

  /**
   * Reads the next leads that may hold a change of the portal, with what is known of each: those
   * changed since, in the order of their times, and those that are known as pending. Each of the
   * two ends at its own limit, so that PostgreSQL takes them from an index, whatever it knows of
   * the bound values.
   */
  String candidates() {
    return rows.unlessAsAgreed("(" + changed() + ") union all (" + pending() + ")", "");
  }

  private String changed() {
    String updated = updated();
    String record = columns.record("l");
    return "select "
        + ownColumns()
        + ", false as \"@waiting\" from "
        + columns.table()
        + " l"
        + ofClient()
        + " and (%s, %s) > (cast(:#${body.changedAfter} as timestamptz), :#${body.changedRecord})"
            .formatted(updated, record)
        + " order by %s, %s limit %s".formatted(updated, record, CANDIDATES);
  }

  private String pending() {
    return "select "
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
        + updated()
        + " < cast(:#${body.since} as timestamptz)) is not false"
        + " order by p.airtable_record_id limit "
        + CANDIDATES;
  }

  /** The same for a sweep, which looks at every lead. */
  String everyCandidate() {
    return rows.unlessAsAgreed(
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
  String dueCandidates() {
    return rows.whole(
        "select "
            + ownColumns()
            + ", true as \"@waiting\", w.next_attempt_at as \"@due\" from reconciler.dead_letter w"
            + " join lateral (select "
            + columns.chosen("g", mapping.portalFields())
            + " from "
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
        + columns.linked("l");
  }

  /** Reads the next inactive leads that changed since, in the order of their times. */
  String inactive() {
    return inactive(
        " and (%s, %s) > (cast(:#${body.changedAfter} as timestamptz), :#${body.record})"
            .formatted(updated(), columns.record("l")),
        updated() + ", " + columns.record("l"),
        "\"@updated\", \"@record\"");
  }

  /** Reads the next inactive leads, whenever they changed. */
  String everyInactive() {
    return inactive(
        " and " + columns.record("l") + " > :#${body.record}", columns.record("l"), "\"@record\"");
  }

  private String inactive(String from, String order, String outer) {
    return rows.wholeWithoutGrace(
        "select "
            + ownColumns()
            + ", true as \"@waiting\" from "
            + columns.table()
            + " l where "
            + columns.ofClient("l", SCAN_CLIENT)
            + " and not ("
            + columns.active("l", columns.rowClient("l"))
            + ") and "
            + columns.linked("l")
            + from
            + " order by "
            + order
            + " limit "
            + CANDIDATES,
        " order by " + outer);
  }

  private String ownColumns() {
    String read = columns.read("l", columns.rowClient("l"), mapping.portalFields());
    return columns.identity("l", columns.rowClient("l")) + (read.isEmpty() ? "" : ", " + read);
  }
}
