package io.reconciler.engine.push;

import io.reconciler.engine.run.RunFailedException;
import io.reconciler.side.airtable.AirtableException;
import io.reconciler.side.airtable.AirtableRecord;
import io.reconciler.side.airtable.Answers;
import io.reconciler.side.airtable.Batches;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Changes on their way to Airtable: batches that wait, and up to {@link #LANES} that are sent side
 * by side, never two with the same record. Whatever is still in it after a pause, a failure or too
 * long a wait has to be read and decided again before it is sent. Safe for the threads that send.
 */
public final class Outbox {

  /** So many batches are on the way at once: as many requests as Airtable takes in a second. */
  static final int LANES = 5;

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
  private final Set<Batch> onTheWay = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Map<String, Candidate> candidates = new LinkedHashMap<>();
  private final Set<String> splitRecords = new HashSet<>();
  private final Map<String, Integer> attempts = new HashMap<>();
  private final List<Refusal> refusals = new ArrayList<>();
  private final Set<String> shown = new HashSet<>();
  private @Nullable Instant sendBefore;
  private boolean inVain;
  private boolean pausedSinceRead;
  private int pauses;
  private int tooOld;

  /** A batch that was refused, but not for its data. */
  private record Refusal(AirtableException.Refused cause, Batch batch) {}

  Outbox(SendTimes times, Clock clock) {
    this.times = times;
    this.clock = clock;
  }

  /** Whether nothing waits to be sent. */
  public synchronized boolean isEmpty() {
    return batches.isEmpty() && onTheWay.isEmpty();
  }

  /** Whether a batch may go as it was decided. */
  public synchronized boolean isReady() {
    return sendBefore != null && !clock.instant().isAfter(sendBefore) && waiting() != null;
  }

  /** One entry for each batch that can be sent side by side with the others. */
  public synchronized List<Integer> lanes() {
    return IntStream.range(0, Math.min(LANES, batches.size())).boxed().toList();
  }

  /** The next batch that may go as it was decided, now on its way; null when there is none. */
  public synchronized @Nullable Batch take() {
    Batch next = isReady() ? waiting() : null;
    if (next != null) {
      batches.remove(next);
      onTheWay.add(next);
    }
    return next;
  }

  // The parts of one record go one after the other.
  private @Nullable Batch waiting() {
    Set<String> busy = new HashSet<>();
    onTheWay.forEach(batch -> busy.addAll(batch.recordIds()));
    return batches.stream()
        .filter(batch -> batch.recordIds().stream().noneMatch(busy::contains))
        .findFirst()
        .orElse(null);
  }

  /** A batch that failed: how long to wait before its records are looked at again, milliseconds. */
  public synchronized long failed(Batch batch, Exception cause) throws Exception {
    int most = 0;
    for (String id : batch.recordIds()) {
      most = Math.max(most, attempts.merge(id, 1, Integer::sum));
    }
    back(batch);
    readAgain();
    if (most >= ATTEMPTS) {
      throw cause;
    }
    return times.pause(most).toMillis();
  }

  /** The base had to pause before it took the batch; those side by side with it are one pause. */
  public synchronized void paused(Batch batch, AirtableException cause) {
    back(batch);
    readAgain();
    pauses += pausedSinceRead ? 0 : 1;
    pausedSinceRead = true;
    if (pauses > Answers.LONGEST_RATE_LIMIT) {
      throw cause;
    }
  }

  /** The batch was not sent, because what it was decided on is too old. */
  public synchronized void late(Batch batch) {
    back(batch);
    sendBefore = null;
  }

  /** The batch was refused, but not for its data: a look at its records shows why. */
  public synchronized void lookInto(Batch batch, AirtableException.Refused cause) {
    back(batch);
    refusals.add(new Refusal(cause, batch));
    readAgain();
  }

  /**
   * Whether a batch that was refused for its data holds nothing but the bad value. A record that is
   * said to be missing is one that it links to, if a look has shown its own.
   */
  public synchronized boolean isBad(Batch batch, AirtableException.Rejected refusal) {
    return batch.isSingle() && (!refusal.isRecordMissing() || shown.containsAll(batch.recordIds()));
  }

  /** The batch was refused for its data: its parts are sent instead. */
  public synchronized void split(Batch whole) {
    onTheWay.remove(whole);
    if (whole.pushes().size() == 1) {
      splitRecords.addAll(whole.recordIds());
    }
    List<Batch> parts = new ArrayList<>(whole.parts());
    for (int i = parts.size() - 1; i >= 0; i--) {
      batches.push(parts.get(i));
    }
    answered(whole);
  }

  /** The batch is dealt with. */
  public synchronized void done(Batch sent) {
    onTheWay.remove(sent);
    answered(sent);
  }

  /**
   * A batch has come back from its way; one of which nothing was said meanwhile has ended the run:
   * nothing else is sent.
   */
  public synchronized void returned(Batch batch) {
    if (onTheWay.remove(batch)) {
      batches.push(batch);
      sendBefore = null;
    }
  }

  /** The moment before which a batch has to leave. */
  synchronized Instant sendBefore() {
    return sendBefore == null ? Instant.MIN : sendBefore;
  }

  /** The batches that wait. */
  synchronized List<Batch> batches() {
    return List.copyOf(batches);
  }

  /** The leads to be looked at again. */
  synchronized Collection<Candidate> candidates() {
    return List.copyOf(candidates.values());
  }

  /** Whether an attempt to send this record's change failed, and may have arrived all the same. */
  synchronized boolean mayHaveArrived(String recordId) {
    return attempts.containsKey(recordId);
  }

  /**
   * The records were read, by requests that left then.
   *
   * @throws RunFailedException when Airtable refused a batch whose records are all there
   */
  synchronized void read(Instant asked, List<AirtableRecord> found) {
    refused(found);
    tooOld = inVain ? tooOld + 1 : 0;
    inVain = true;
    pausedSinceRead = false;
    sendBefore = times.sendBefore(tooOld < SLOW ? asked : clock.instant());
  }

  /** Whether sending what is left has been given up for this run. */
  synchronized boolean isHopeless() {
    return tooOld >= HOPELESS;
  }

  /** Nothing is left to be sent. */
  synchronized void clear() {
    batches.clear();
    candidates.clear();
    attempts.clear();
    inVain = false;
    tooOld = 0;
  }

  /** Takes what was decided: new changes, and the present form of those that were waiting. */
  synchronized void put(List<Push> decided, Map<String, Candidate> leads) {
    Map<String, Push> fresh = new LinkedHashMap<>();
    decided.forEach(push -> fresh.put(push.recordId(), push));
    List<Batch> waiting = new ArrayList<>(batches);
    batches.clear();
    waiting.forEach(batch -> add(batch.again(fresh, splitRecords)));
    waiting.forEach(batch -> fresh.keySet().removeAll(batch.recordIds()));
    Batches.of(List.copyOf(fresh.values()), Batch.LARGEST).forEach(part -> add(new Batch(part)));
    candidates.clear();
    batches.forEach(batch -> batch.recordIds().forEach(id -> keep(leads, id)));
    attempts.keySet().retainAll(left());
    pauses = batches.isEmpty() ? 0 : pauses;
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

  private void back(Batch batch) {
    onTheWay.remove(batch);
    batches.push(batch);
  }

  private void answered(Batch batch) {
    batch.recordIds().forEach(attempts::remove);
    pauses = 0;
    inVain = false;
    candidates.keySet().retainAll(left());
  }

  private Set<String> left() {
    return Stream.concat(batches.stream(), onTheWay.stream())
        .flatMap(batch -> batch.recordIds().stream())
        .collect(Collectors.toSet());
  }

  private void readAgain() {
    sendBefore = null;
    inVain = false;
  }

  private void refused(List<AirtableRecord> found) {
    Set<String> there = new HashSet<>();
    found.forEach(record -> there.add(record.id()));
    List<Refusal> asked = List.copyOf(refusals);
    refusals.clear();
    for (Refusal refusal : asked) {
      if (!there.containsAll(refusal.batch().recordIds())) {
        continue;
      }
      if (refusal.cause() instanceof AirtableException.Rejected) {
        shown.addAll(refusal.batch().recordIds());
      } else {
        throw new RunFailedException(refusal.cause().getMessage() + whyWhenThere(refusal.cause()));
      }
    }
  }

  private static String whyWhenThere(AirtableException.Refused refusal) {
    return refusal.isRecordMissing()
        ? "; but a read shows it: run again"
        : "; the records are there, so the token may not write: it needs the scope"
            + " data.records:write and editor rights on the base";
  }
}
