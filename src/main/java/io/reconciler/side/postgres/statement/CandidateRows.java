package io.reconciler.side.postgres.statement;

import io.reconciler.side.mapping.FieldGroup;
import io.reconciler.side.mapping.Mapping;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a statement says of each lead that it finds: its values, what is agreed on, whether it is in
 * its grace period, and which dead letters wait for it.
 *
 * @param mapping the mapping of the leads
 * @param columns the pieces of statements on their table
 */
record CandidateRows(Mapping mapping, Columns columns) {

  private static final String GRACE = "cast(:#${body.grace} as interval)";
  private static final String NOT_DUE =
      "(x.status = 'discarded' or x.next_attempt_at > clock_timestamp())";

  /** PostgreSQL's functions take 100 arguments, two for each column here. */
  private static final int MOST_COLUMNS = 50;

  /** Of a lead in which everything is as agreed, which most are, only its place in the order. */
  String unlessAsAgreed(String leads, String order) {
    return "select cast(case when \"@candidate\".\"@same\""
        + " then jsonb_build_object('@same', true, '@record', \"@candidate\".\"@record\", '@updated',"
        + " \"@candidate\".\"@updated\", '@waiting', \"@candidate\".\"@waiting\")"
        + " else to_jsonb(\"@candidate\") end as text) as candidate from ("
        + known(
            leads,
            order,
            GRACE,
            ", not cast(:#${body.dryRun} as boolean) and " + asAgreed() + " as \"@same\"")
        + ") \"@candidate\"";
  }

  /** Each of these leads with all that is known of it. */
  String whole(String leads, String order) {
    return json(known(leads, order, GRACE, ""));
  }

  /** The same where an edit needs not rest. */
  String wholeWithoutGrace(String leads, String order) {
    return json(known(leads, order, "interval '0'", ""));
  }

  private static String json(String candidates) {
    return "select cast(to_jsonb(\"@candidate\") as text) as candidate from ("
        + candidates
        + ") \"@candidate\"";
  }

  /**
   * That a lead {@code l} holds what was agreed on, in {@code a}, as PostgreSQL writes both: values
   * that mean the same and are written otherwise are compared by whoever knows what they mean.
   */
  String asAgreed() {
    return Stream.concat(
            Stream.of("a.intent = '{}'"), mapping.groups().stream().map(CandidateRows::asAgreed))
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
        + " a.airtable_modified_at, 'pending', a.pending, 'altered', a.altered) as \"@known\""
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
