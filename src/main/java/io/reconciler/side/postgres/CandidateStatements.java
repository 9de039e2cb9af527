package io.reconciler.side.postgres;

import io.reconciler.side.mapping.FieldGroup;
import io.reconciler.side.mapping.Mapping;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The statements that look for leads of a mapped table with something for Airtable. */
public final class CandidateStatements {

  /** Leads looked at in one read of the push candidates. */
  public static final int CANDIDATES = 500;

  private static final String SCAN_CLIENT = "cast(:#${body.clientId} as uuid)";
  private static final String GRACE = "cast(:#${body.grace} as interval)";
  private static final String NOT_DUE =
      "(x.status = 'discarded' or x.next_attempt_at > clock_timestamp())";

  /** PostgreSQL's functions take 100 arguments, two for each column here. */
  private static final int MOST_COLUMNS = 50;

  private final Mapping mapping;
  private final Columns columns;
  private final boolean perClient;

  CandidateStatements(Mapping mapping, Columns columns, boolean perClient) {
    this.mapping = mapping;
    this.columns = columns;
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
    String updated = updated();
    return search(
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
  String everyCandidate() {
    return search(
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
    return whole(
        known(
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
            " order by \"@due\"",
            GRACE,
            ""));
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
    return whole(
        known(
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
            " order by " + outer,
            "interval '0'",
            ""));
  }

  private String ownColumns() {
    String read = columns.read("l", columns.rowClient("l"), mapping.portalFields());
    return columns.identity("l", columns.rowClient("l")) + (read.isEmpty() ? "" : ", " + read);
  }

  /** Of a lead in which everything is as agreed, which most are, only its place in the order. */
  private String search(String leads, String order) {
    return "select cast(case when candidate.\"@same\""
        + " then jsonb_build_object('@same', true, '@record', candidate.\"@record\", '@updated',"
        + " candidate.\"@updated\", '@waiting', candidate.\"@waiting\")"
        + " else to_jsonb(candidate) end as text) as candidate from ("
        + known(
            leads,
            order,
            GRACE,
            ", not cast(:#${body.dryRun} as boolean) and " + asAgreed() + " as \"@same\"")
        + ") candidate";
  }

  private static String whole(String candidates) {
    return "select cast(to_jsonb(candidate) as text) as candidate from ("
        + candidates
        + ") candidate";
  }

  // As PostgreSQL writes both: values that mean the same and are written otherwise are compared by
  // whoever knows what they mean.
  private String asAgreed() {
    return Stream.concat(
            Stream.of("a.intent = '{}'"),
            mapping.groups().stream().map(CandidateStatements::asAgreed))
        .collect(Collectors.joining(" and ", "coalesce(", ", false)"));
  }

  private static String asAgreed(FieldGroup group) {
    return group.fields().size() > MOST_COLUMNS
        ? "false"
        : group.fields().stream()
            .map(f -> Columns.literal(f.column()) + ", l." + Columns.name(f.column()))
            .collect(
                Collectors.joining(
                    ", ",
                    "a.agreed -> " + Columns.literal(group.name()) + " = jsonb_build_object(",
                    ")"));
  }

  // A merge can stamp a lead with a time of Airtable's clock; if that lies ahead of ours, it says
  // nothing about the portal being at work.
  private String known(String leads, String order, String grace, String more) {
    return "select l.*"
        + ", l.\"@updated\" > clock_timestamp() - "
        + grace
        + " and l.\"@updated\" < clock_timestamp() + interval '10 seconds' as \"@in_grace\""
        + ", jsonb_build_object('agreed', a.agreed, 'intent', a.intent, 'airtable_modified_at',"
        + " a.airtable_modified_at, 'pending', a.pending) as \"@known\""
        + ", d.held as \"@held\", d.whole as \"@whole\""
        + more
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
        + order;
  }
}
