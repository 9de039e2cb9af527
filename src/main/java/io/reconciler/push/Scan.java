package io.reconciler.push;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.airtable.AirtableRequests;
import io.reconciler.airtable.Parts;
import io.reconciler.mapping.Mapping;
import io.reconciler.run.Run;
import io.reconciler.store.LeadStatements;
import io.reconciler.store.Rows;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The search for candidates of one run, a few hundred leads at a time. Used by one thread. */
public final class Scan {

  private final Run run;
  private final Mapping mapping;
  private final Instant since;
  private final Duration grace;
  private final Instant graceStart;
  private final Set<String> counted = new HashSet<>();
  private String changedAfter;
  private String changedRecord = "";
  private String after = "";
  private boolean more = true;
  private long gone;

  Scan(Run run, Mapping mapping, Instant since, Duration grace, Instant now) {
    this.run = run;
    this.mapping = mapping;
    this.since = since;
    this.changedAfter = since.toString();
    this.grace = grace;
    this.graceStart = now.minus(grace);
  }

  /** Whether there may be more leads to look at. */
  public boolean isMore() {
    return more;
  }

  /** The client, for the statement. */
  public String clientId() {
    return run.client().id().toString();
  }

  /** Whether it looks at every lead, and not only at those that changed or wait. */
  public boolean isOfAll() {
    return since.equals(Instant.EPOCH);
  }

  /** The time of the last changed lead looked at, for the statement. */
  public String changedAfter() {
    return changedAfter;
  }

  /** The record of the last changed lead looked at, for the statement. */
  public String changedRecord() {
    return changedRecord;
  }

  /** The record of the last other lead looked at, for the statement. */
  public String after() {
    return after;
  }

  /** The window's start, for the statement. */
  public String since() {
    return since.toString();
  }

  /** The grace period, for the statement. */
  public String grace() {
    return grace.toMillis() + " milliseconds";
  }

  /** The candidates that are due, in chunks of what one read can take; counts those in grace. */
  public List<Chunk> chunks(List<Map<String, Object>> rows) {
    List<Candidate> due = new ArrayList<>();
    int waiting = 0;
    for (JsonNode json : Rows.json(rows)) {
      waiting += advance(json);
      for (Candidate candidate : Candidate.of(json, mapping, run.plannedLeads(), graceStart)) {
        if (candidate.inGrace()) {
          run.counts().skippedInGrace();
        } else {
          due.add(candidate);
        }
      }
    }
    more = Math.max(waiting, rows.size() - waiting) == LeadStatements.CANDIDATES;
    return Parts.of(due, AirtableRequests.PAGE_SIZE).stream().map(Chunk::new).toList();
  }

  // One of the two lists that the statement gives goes on from here; 1 for that of the waiting.
  private int advance(JsonNode row) {
    if (row.path("waiting").asBoolean()) {
      after = row.path("airtable_record_id").asText();
      return 1;
    }
    changedAfter = row.path("updated_at").asText();
    changedRecord = row.path("airtable_record_id").asText();
    return 0;
  }

  /** Counts a lead once, however many requests it took; false when it is counted already. */
  boolean count(String recordId) {
    return counted.add(recordId);
  }

  /** Leads found without a record in this run, with these. */
  long gone(int now) {
    gone += now;
    return gone;
  }
}
