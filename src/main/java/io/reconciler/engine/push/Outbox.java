package io.reconciler.engine.push;

import io.reconciler.engine.run.Batches;
import io.reconciler.side.airtable.AirtableException;
import io.reconciler.side.airtable.AirtableRecord;
import io.reconciler.side.airtable.AnswerMeaning;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Changes on their way to Airtable, in batches, some of them side by side. Whatever is still in it
 * after a pause, a failure or too long a wait has to be read and decided again before it is sent.
 * Safe for the threads that send.
 */
public final class Outbox {

  /** Attempts at one request that fail, in all. */
  private static final int ATTEMPTS = 5;

  private final SendTimes times;
  private final Lanes lanes = new Lanes();
  private final LastRead lastRead;
  private final UnexplainedRefusals unexplained = new UnexplainedRefusals();
  private final FieldRights rights = new FieldRights();
  private final Map<String, Candidate> candidates = new LinkedHashMap<>();
  private final Set<String> splitRecords = new HashSet<>();
  private final Map<String, Integer> attempts = new HashMap<>();
  private boolean pausedSinceRead;
  private int pauses;

  Outbox(SendTimes times, Clock clock) {
    this.times = times;
    this.lastRead = new LastRead(times, clock);
  }

  /** Whether nothing waits to be sent. */
  public synchronized boolean isEmpty() {
    return lanes.isEmpty();
  }

  /** Whether a batch may go as it was decided. */
  public synchronized boolean isReady() {
    return next() != null;
  }

  /** One entry for each batch that can be sent side by side with the others. */
  public synchronized List<Integer> lanes() {
    return lanes.wanted();
  }

  /** The next batch that may go as it was decided, now on its way; null when there is none. */
  synchronized @Nullable Batch handOut() {
    Batch next = next();
    if (next != null) {
      lanes.send(next);
    }
    return next;
  }

  /** A batch that failed: how long to wait before its records are looked at again, milliseconds. */
  synchronized long takeBack(Batch batch, Exception cause) throws Exception {
    int most = 0;
    for (String id : batch.recordIds()) {
      most = Math.max(most, attempts.merge(id, 1, Integer::sum));
    }
    again(batch);
    if (most >= ATTEMPTS) {
      throw cause;
    }
    return times.pause(most).toMillis();
  }

  /** The base had to pause before it took the batch; those side by side with it are one pause. */
  synchronized void paused(Batch batch, AirtableException cause) {
    again(batch);
    pauses += pausedSinceRead ? 0 : 1;
    pausedSinceRead = true;
    if (pauses > AnswerMeaning.LONGEST_RATE_LIMIT) {
      throw cause;
    }
  }

  /** The batch was not sent, because what it was decided on is too old. */
  synchronized void late(Batch batch) {
    lanes.back(batch);
    lastRead.expire();
  }

  /**
   * Whether a batch that was refused holds nothing but the bad value. A record that is said to be
   * missing is one that it links to, if a look has shown its own; and what is forbidden is so for
   * this record alone, if Airtable takes the field of others.
   */
  synchronized boolean isBad(Batch batch, AirtableException.Refused refusal) {
    boolean ofData = refusal instanceof AirtableException.Rejected && !refusal.isRecordMissing();
    return batch.isSingle()
        && (ofData || (isOfRecord(batch, refusal) && unexplained.hasShown(batch)));
  }

  /** The batch was refused, and may hold more than the bad value: another step to finding it. */
  synchronized void narrow(Batch batch, AirtableException.Refused refusal) {
    AirtableException.Forbidden forbidden =
        refusal instanceof AirtableException.Forbidden f ? f : null;
    if (forbidden == null ? batch.isSingle() : !unexplained.hasShown(batch)) {
      unexplained.add(batch, refusal);
      again(batch);
    } else if (forbidden == null || isOfRecord(batch, refusal)) {
      split(batch);
    } else {
      // All of its records are there, so it is about their fields, or about the token.
      rights.forbidden(batch, forbidden);
      lanes.back(batch);
      lastRead.served();
    }
  }

  private boolean isOfRecord(Batch batch, AirtableException.Refused refusal) {
    return refusal.isRecordMissing() || rights.takes(batch);
  }

  /** Which field groups may be written. */
  public FieldRights rights() {
    return rights;
  }

  /** Airtable has taken the batch. */
  synchronized void taken(Batch sent) {
    rights.taken(sent);
    done(sent);
  }

  /** The batch was refused for its data: its parts are sent instead. */
  synchronized void split(Batch whole) {
    if (whole.pushes().size() == 1) {
      splitRecords.addAll(whole.recordIds());
    }
    lanes.split(whole);
    answered(whole);
  }

  synchronized void done(Batch sent) {
    lanes.arrived(sent);
    answered(sent);
  }

  /**
   * A batch has come back from its way; one of which nothing was said meanwhile has ended the run:
   * nothing else is sent.
   */
  synchronized void returned(Batch batch) {
    if (lanes.isOnTheWay(batch)) {
      lanes.back(batch);
      lastRead.expire();
    }
  }

  /** The moment before which a batch has to leave. */
  synchronized Instant sendBefore() {
    return lastRead.sendBefore();
  }

  synchronized List<Batch> batches() {
    return lanes.waiting();
  }

  /** The leads to be looked at again. */
  synchronized Collection<Candidate> candidates() {
    return List.copyOf(candidates.values());
  }

  /** Whether an attempt to send this record's change failed, and may have arrived all the same. */
  synchronized boolean mayHaveArrived(String recordId) {
    return attempts.containsKey(recordId);
  }

  /** The records were read, by requests that left then. */
  synchronized void read(Instant asked, List<AirtableRecord> found) {
    unexplained.look(found).stream().filter(c -> !c.isRecordMissing()).forEach(rights::doubt);
    pausedSinceRead = false;
    lastRead.read(asked);
  }

  /** Whether sending what is left has been given up for this run. */
  synchronized boolean isHopeless() {
    return lastRead.isHopeless();
  }

  /** Nothing is left to be sent. */
  synchronized void clear() {
    lanes.clear();
    candidates.clear();
    attempts.clear();
    lastRead.clear();
  }

  /** Takes what was decided: new changes, and the present form of those that were waiting. */
  synchronized void put(List<Push> decided, Map<String, Candidate> leads) {
    Map<String, Push> fresh = new LinkedHashMap<>();
    decided.forEach(push -> fresh.put(push.recordId(), push));
    List<Batch> waiting = lanes.waiting();
    lanes.clear();
    waiting.forEach(batch -> lanes.add(batch.again(fresh, splitRecords)));
    waiting.forEach(batch -> fresh.keySet().removeAll(batch.recordIds()));
    Batches.of(List.copyOf(fresh.values()), Batch.LARGEST)
        .forEach(part -> lanes.add(new Batch(part)));
    splitRecords.addAll(lanes.part(rights.barredGroups()));
    candidates.clear();
    lanes.waiting().forEach(batch -> batch.recordIds().forEach(id -> keep(leads, id)));
    attempts.keySet().retainAll(lanes.recordIds());
    pauses = lanes.waiting().isEmpty() ? 0 : pauses;
  }

  private void keep(Map<String, Candidate> leads, String id) {
    Candidate candidate = leads.get(id);
    if (candidate != null) {
      candidates.put(id, candidate);
    }
  }

  private @Nullable Batch next() {
    if (!lastRead.isGood()) {
      return null;
    }
    settle();
    return rights.isInDoubt() ? lanes.one(rights::isTry) : lanes.next();
  }

  // In doubt one record goes group by group, with nothing beside it, until it shows what is
  // forbidden.
  private void settle() {
    while (rights.isInDoubt() && lanes.isIdle() && lanes.one(rights::isTry) == null) {
      Optional<Push> most =
          rights.next(lanes.waiting().stream().flatMap(batch -> batch.pushes().stream()));
      if (most.isPresent()) {
        lanes.isolate(most.get());
        splitRecords.add(most.get().recordId());
      } else {
        rights.judge();
        splitRecords.addAll(lanes.part(rights.barredGroups()));
      }
    }
  }

  private void again(Batch batch) {
    lanes.back(batch);
    lastRead.discard();
  }

  private void answered(Batch batch) {
    batch.recordIds().forEach(attempts::remove);
    pauses = 0;
    lastRead.served();
    candidates.keySet().retainAll(lanes.recordIds());
  }
}
