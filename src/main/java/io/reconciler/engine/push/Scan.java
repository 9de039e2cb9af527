package io.reconciler.engine.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reconciler.engine.field.FieldChanges;
import io.reconciler.engine.run.Run;
import io.reconciler.engine.run.Stage;
import io.reconciler.side.airtable.AirtableRequests;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.postgres.OneColumn;
import io.reconciler.side.postgres.statement.CandidateStatements;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The search for candidates of one run, a few hundred leads at a time, and what is to be done about
 * those found. One thread leads it; those that send count.
 */
public final class Scan {

  private final Run run;
  private final Mapping mapping;
  private final Instant since;
  private final GracePeriod grace;
  private final Outbox outbox;
  private final FreshOptions options;
  private final Set<String> counted = ConcurrentHashMap.newKeySet();
  private final Set<String> read = new HashSet<>();
  private final Deque<Candidate> due = new ArrayDeque<>();
  private String changedAfter;
  private String changedRecord = "";
  private String after = "";
  private boolean more = true;
  private long gone;

  Scan(Run run, Instant since, Duration grace, Instant now, Outbox outbox) {
    this.run = run;
    this.mapping = run.mapping();
    this.since = since;
    this.changedAfter = since.toString();
    this.grace = new GracePeriod(now, grace);
    this.outbox = outbox;
    this.options = new FreshOptions(run.table().fields());
  }

  /** With these candidates and no others. */
  Scan only(List<Candidate> candidates) {
    due.addAll(candidates);
    more = false;
    return this;
  }

  /** Whether there may be something left to do. */
  public boolean isMore() {
    return more || !due.isEmpty() || !outbox.isEmpty();
  }

  /** Whether there may be more leads for the next chunk than those found. */
  public boolean isShort() {
    return more && due.size() < AirtableRequests.PAGE_SIZE;
  }

  /** What is on its way to Airtable. */
  public Outbox outbox() {
    return outbox;
  }

  /** Sends the next batch on its way that may go as it was decided; null when there is none. */
  public @Nullable OutgoingBatch handOut() {
    Batch next = outbox.handOut();
    return next == null ? null : new OutgoingBatch(next, this);
  }

  /** What the selects take, for those who are told why one was refused. */
  FreshOptions options() {
    return options;
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

  /** Whether leads may be planned to be other than they are, for the statement. */
  public boolean isDryRun() {
    return run.request().dryRun();
  }

  /** The window's start, for the statement. */
  public String since() {
    return since.toString();
  }

  /** The grace period, for the statement. */
  public String grace() {
    return grace.length().toMillis() + " milliseconds";
  }

  /** Takes the candidates that are due; counts those in grace. */
  public void take(List<Map<String, Object>> rows) {
    int waiting = 0;
    UnaryOperator<JsonNode> counting = counting();
    for (JsonNode json : OneColumn.json(rows)) {
      waiting += advance(json);
      if (run.plannedLeads().isPending(json.path("@record").asText())) {
        read.add(json.path("@record").asText());
      }
      if (!json.path("@same").asBoolean()) {
        add(Candidate.of(counting.apply(json), mapping, run.plannedLeads(), grace));
      }
    }
    more = Math.max(waiting, rows.size() - waiting) == CandidateStatements.CANDIDATES;
    if (!more) {
      // What stage 1 would have noted as pending, no statement finds.
      add(Candidate.planned(run.plannedLeads().newlyPending(read), run.plannedLeads(), grace));
      // Now it is known how many there are.
      run.expect(run.counts().done(Stage.PUSH) + outbox.candidates().size() + due.size());
    }
  }

  /** Takes the leads whose whole record failed before and that are to be tried again. */
  void takeDue(List<Map<String, Object>> rows) {
    add(Candidate.planned(run.plannedLeads().reactivatedPending(), run.plannedLeads(), grace));
    UnaryOperator<JsonNode> counting = counting();
    for (JsonNode json : OneColumn.json(rows)) {
      add(Candidate.due(counting.apply(json), mapping, run.plannedLeads(), grace));
    }
  }

  // A dry run forgets nothing of what the database holds, and decides as if it had.
  private UnaryOperator<JsonNode> counting() {
    FieldChanges changes = run.table().fields().changes();
    if (!changes.isForgetting()) {
      return UnaryOperator.identity();
    }
    Set<String> replaced = changes.replacedGroups();
    Set<String> converted = changes.convertedGroups();
    return row -> counting(replaced, converted, row);
  }

  private static JsonNode counting(Set<String> replaced, Set<String> converted, JsonNode row) {
    if (row.path("@known").path("agreed") instanceof ObjectNode agreed
        && row.path("@known").path("intent") instanceof ObjectNode intent) {
      agreed.remove(replaced);
      intent.remove(replaced);
      for (String group : converted) {
        JsonNode values = agreed.remove(group);
        if (values != null && !intent.has(group)) {
          intent.set(group, values);
        }
      }
    }
    return row;
  }

  private void add(List<Candidate> candidates) {
    for (Candidate candidate : candidates) {
      if (candidate.inGrace()) {
        run.counts().skippedInGrace();
      } else {
        due.add(candidate);
      }
    }
  }

  /** Takes as many leads as one read can: first those that have to be looked at again. */
  public Chunk takeChunk() {
    List<Candidate> chunk = new ArrayList<>(outbox.candidates());
    while (!due.isEmpty() && chunk.size() < AirtableRequests.PAGE_SIZE) {
      chunk.add(due.remove());
    }
    return new Chunk(chunk);
  }

  // One of the two lists that the statement gives goes on from here; 1 for that of the waiting.
  private int advance(JsonNode row) {
    if (row.path("@waiting").asBoolean()) {
      after = row.path("@record").asText();
      return 1;
    }
    changedAfter = row.path("@updated").asText();
    changedRecord = row.path("@record").asText();
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
