package io.reconciler.push;

import io.reconciler.airtable.AirtableException;
import io.reconciler.airtable.AirtableRecord;
import io.reconciler.airtable.Answers;
import io.reconciler.airtable.Parts;
import io.reconciler.run.RunFailedException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Changes on their way to Airtable, batch by batch. Whatever is still in it after a pause, a
 * failure or too long a wait has to be read and decided again before it is sent. Used by one
 * thread.
 */
public final class Outbox {

  /** Attempts at one request that fail, in all. */
  private static final int ATTEMPTS = 5;

  /**
   * After so many reads in a row that were too old for anything, a read is as old as its answer.
   */
  private static final int SLOW = 3;

  /** After so many, what is left waits for the next run. */
  private static final int HOPELESS = 6;

  private final SendTimes times;
  private final Clock clock;
  private final Deque<Batch> batches = new ArrayDeque<>();
  private final Map<String, Candidate> candidates = new LinkedHashMap<>();
  private final Set<String> splitRecords = new HashSet<>();
  private final Set<String> attempted = new HashSet<>();
  private @Nullable Instant sendBefore;
  private boolean inVain;
  private int failures;
  private int pauses;
  private int tooOld;
  private AirtableException.@Nullable Refused refusal;

  Outbox(SendTimes times, Clock clock) {
    this.times = times;
    this.clock = clock;
  }

  /** Whether nothing waits to be sent. */
  public boolean isEmpty() {
    return batches.isEmpty();
  }

  /** Whether a batch may go as it was decided. */
  public boolean isReady() {
    return !batches.isEmpty() && sendBefore != null && !clock.instant().isAfter(sendBefore);
  }

  /** The batch whose turn it is. */
  public Batch next() {
    return batches.element();
  }

  /** A batch that failed: how long to wait before its records are looked at again, milliseconds. */
  public long failed(Exception cause) throws Exception {
    if (++failures >= ATTEMPTS) {
      throw cause;
    }
    attempted.addAll(next().recordIds());
    readAgain();
    return times.pause(failures).toMillis();
  }

  /** The base had to pause before it took the batch. */
  public void paused(AirtableException cause) {
    if (++pauses > Answers.LONGEST_RATE_LIMIT) {
      throw cause;
    }
    readAgain();
  }

  /** The batch was not sent, because what it was decided on is too old. */
  public void late() {
    sendBefore = null;
  }

  /** The batch was refused, but not for its data: a look at its records shows why. */
  public void lookInto(AirtableException.Refused cause) {
    refusal = cause;
    readAgain();
  }

  /** The batch was refused for its data: its parts are sent instead. */
  public void split() {
    Batch whole = batches.remove();
    if (whole.pushes().size() == 1) {
      splitRecords.addAll(whole.recordIds());
    }
    List<Batch> parts = new ArrayList<>(whole.parts());
    for (int i = parts.size() - 1; i >= 0; i--) {
      batches.push(parts.get(i));
    }
    answered();
  }

  /** The batch is dealt with. */
  public void done() {
    Batch sent = batches.remove();
    attempted.removeAll(sent.recordIds());
    answered();
  }

  /** The moment before which a batch has to leave. */
  Instant sendBefore() {
    return sendBefore == null ? Instant.MIN : sendBefore;
  }

  /** The leads to be looked at again. */
  Collection<Candidate> candidates() {
    return candidates.values();
  }

  /** Whether an attempt to send this record's change failed, and may have arrived all the same. */
  boolean mayHaveArrived(String recordId) {
    return attempted.contains(recordId);
  }

  /**
   * The records were read, by requests that left then.
   *
   * @throws RunFailedException when Airtable refused a batch whose records are all there
   */
  void read(Instant asked, List<AirtableRecord> found) {
    refusal(found);
    tooOld = inVain ? tooOld + 1 : 0;
    inVain = true;
    sendBefore = times.sendBefore(tooOld < SLOW ? asked : clock.instant());
  }

  /** Whether sending what is left has been given up for this run. */
  boolean isHopeless() {
    return tooOld >= HOPELESS;
  }

  /** Nothing is left to be sent. */
  void clear() {
    batches.clear();
    candidates.clear();
    attempted.clear();
    inVain = false;
    tooOld = 0;
  }

  /** Takes what was decided: new changes, and the present form of those that were waiting. */
  void put(List<Push> decided, Map<String, Candidate> leads) {
    Map<String, Push> fresh = new LinkedHashMap<>();
    decided.forEach(push -> fresh.put(push.recordId(), push));
    List<Batch> waiting = new ArrayList<>(batches);
    Set<String> before = waiting.isEmpty() ? Set.of() : Set.copyOf(waiting.get(0).recordIds());
    batches.clear();
    waiting.forEach(batch -> add(batch.again(fresh, splitRecords)));
    waiting.forEach(batch -> fresh.keySet().removeAll(batch.recordIds()));
    Parts.of(List.copyOf(fresh.values()), Batch.LARGEST).forEach(part -> add(new Batch(part)));
    candidates.clear();
    batches.forEach(batch -> batch.recordIds().forEach(id -> keep(leads, id)));
    if (batches.isEmpty() || next().recordIds().stream().noneMatch(before::contains)) {
      failures = 0;
      pauses = 0;
    }
  }

  private void keep(Map<String, Candidate> leads, String id) {
    Candidate candidate = leads.get(id);
    if (candidate != null) {
      candidates.put(id, candidate);
    }
  }

  private void add(Batch batch) {
    if (!batch.pushes().isEmpty()) {
      batches.add(batch);
    }
  }

  private void answered() {
    failures = 0;
    pauses = 0;
    inVain = false;
    Set<String> left = new HashSet<>();
    batches.forEach(batch -> left.addAll(batch.recordIds()));
    candidates.keySet().retainAll(left);
  }

  private void readAgain() {
    sendBefore = null;
    inVain = false;
  }

  private void refusal(List<AirtableRecord> found) {
    AirtableException.Refused asked = refusal;
    refusal = null;
    if (asked == null || batches.isEmpty()) {
      return;
    }
    Set<String> there = new HashSet<>();
    found.forEach(record -> there.add(record.id()));
    if (there.containsAll(next().recordIds())) {
      throw new RunFailedException(asked.getMessage() + whyWhenThere(asked));
    }
  }

  private static String whyWhenThere(AirtableException.Refused refusal) {
    return refusal.isRecordMissing()
        ? "; but a read shows it: run again"
        : "; the records are there, so the token may not write: it needs the scope"
            + " data.records:write and editor rights on the base";
  }
}
