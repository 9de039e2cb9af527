package io.reconciler.engine.repair;

import io.reconciler.engine.failure.FailureText;
import io.reconciler.engine.repair.SettleResult.Status;
import io.reconciler.engine.run.Client;
import io.reconciler.side.airtable.AirtableRequests;
import io.reconciler.side.mapping.GoneText;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.MappingSet;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The decisions of trying dead letters again, between the steps of their route. */
public final class DeadLetterRetries {

  private final DeadLetterLedger ledger;
  private final MappingSet mappings;
  private final Clock clock;

  /** Of this ledger, for these tables. */
  public DeadLetterRetries(DeadLetterLedger ledger, MappingSet mappings, Clock clock) {
    this.ledger = ledger;
    this.mappings = mappings;
    this.clock = clock;
  }

  /** One dead letter, which may be a discarded one. */
  public RetryBatch one(SettleRequest request) {
    Optional<DeadLetterEntry> found = ledger.read(request.id());
    if (found.isEmpty()) {
      return new RetryBatch(DeadLetterLedger.unknown(request.id()));
    }
    DeadLetterEntry entry = found.get();
    Client client = entry.client();
    if (entry.isClosed()) {
      return new RetryBatch(DeadLetterLedger.settledBefore(entry));
    }
    if (client == null || !client.active()) {
      return new RetryBatch(
          SettleResult.of(
              entry.id(), Status.INVALID, "the client of this dead letter is not active"));
    }
    return unmapped(entry)
        .map(RetryBatch::new)
        .orElseGet(
            () ->
                new RetryBatch(
                    List.of(entry),
                    RepairRun.of(
                        client, mapping(entry), request.trigger(), request.requester(), clock)));
  }

  /** The open dead letters that are asked for, as many records together as one read takes. */
  public List<RetryBatch> all(RetryAll request) {
    List<List<DeadLetterEntry>> batches = new ArrayList<>();
    List<RetryBatch> untried = new ArrayList<>();
    for (DeadLetterEntry entry : ledger.open(request.ids())) {
      Optional<SettleResult> nothing = nothingToTry(entry);
      if (nothing.isPresent()) {
        untried.add(new RetryBatch(nothing.get()));
        continue;
      }
      List<DeadLetterEntry> last = batches.isEmpty() ? List.of() : batches.get(batches.size() - 1);
      if (last.isEmpty() || !fits(entry, last)) {
        batches.add(new ArrayList<>());
      }
      batches.get(batches.size() - 1).add(entry);
    }
    return Stream.concat(batches.stream().map(entries -> batch(entries, request)), untried.stream())
        .toList();
  }

  // It stays as it is.
  private Optional<SettleResult> nothingToTry(DeadLetterEntry entry) {
    return entry.replaced()
        ? Optional.of(
            SettleResult.of(
                entry.id(),
                Status.IMPOSSIBLE,
                "Airtable's value has taken its place, so there is nothing to try: if the portal's was meant, write it there anew; then discard the dead letter"))
        : unmapped(entry);
  }

  private Optional<SettleResult> unmapped(DeadLetterEntry entry) {
    Optional<Mapping> mapping = mappings.named(entry.table());
    if (mapping.isEmpty()) {
      return Optional.of(
          SettleResult.of(
              entry.id(),
              Status.INVALID,
              "there is no mapping " + entry.table() + " any more: nothing can be tried"));
    }
    boolean owned =
        !entry.isPush()
            || entry.field().isEmpty()
            || mapping.get().groups().stream().anyMatch(g -> g.name().equals(entry.field()));
    return owned
        ? Optional.empty()
        : Optional.of(
            SettleResult.of(
                entry.id(),
                Status.IMPOSSIBLE,
                "by the mapping the portal does not own %s any more, so nothing of it goes to Airtable: set the value there, or discard the dead letter"
                    .formatted(entry.field())));
  }

  private Mapping mapping(DeadLetterEntry entry) {
    return mappings.named(entry.table()).orElseThrow();
  }

  /** The results of all batches. */
  public List<SettleResult> results(List<List<SettleResult>> batches) {
    return batches.stream().flatMap(List::stream).toList();
  }

  /** Once everything was tried: says what came of each, from how it stands now. */
  public void finish(RetryBatch batch) {
    end(batch, now -> tried(batch, now));
  }

  /** Another run of the client is active. */
  public void busy(RetryBatch batch, Throwable cause) {
    String text = cause.getMessage() + ": try again when it has ended";
    batch.end(
        batch.entries().stream().map(e -> SettleResult.of(e.id(), Status.BUSY, text)).toList());
  }

  /** Airtable or PostgreSQL failed it. */
  public void failed(RetryBatch batch, Throwable cause) {
    String text = FailureText.of(cause);
    end(
        batch,
        now ->
            now.isClosed()
                ? through(now)
                : SettleResult.of(now.id(), Status.ERROR, text + "; it stays as it is"));
  }

  private void end(RetryBatch batch, Function<DeadLetterEntry, SettleResult> how) {
    List<SettleResult> results = new ArrayList<>();
    for (DeadLetterEntry entry : batch.entries()) {
      results.add(
          ledger.read(entry.id()).map(how).orElseGet(() -> DeadLetterLedger.unknown(entry.id())));
    }
    batch.end(results);
  }

  private SettleResult tried(RetryBatch batch, DeadLetterEntry now) {
    DeadLetterEntry before =
        batch.entries().stream().filter(e -> e.id().equals(now.id())).findFirst().orElse(now);
    if (now.isClosed()) {
      return refusal(batch, now)
          .map(text -> SettleResult.of(now.id(), Status.FAILED, "the record is back, but " + text))
          .orElseGet(() -> through(now));
    }
    if (now.attempts() == before.attempts()) {
      ledger.countAttempt(now.id());
    }
    return SettleResult.of(
        now.id(), Status.FAILED, now.subject() + " " + failure(batch, now, before));
  }

  // What Airtable refused now, after it had been about the whole record before.
  private static Optional<String> refusal(RetryBatch batch, DeadLetterEntry now) {
    return batch.run().result().stage2().errors().stream()
        .filter(text -> now.isPush() && now.field().isEmpty() && text.startsWith(now.recordId()))
        .findFirst();
  }

  private static String failure(RetryBatch batch, DeadLetterEntry now, DeadLetterEntry before) {
    if (now.attempts() > before.attempts()) {
      return "failed again: %s (attempt %d)".formatted(now.reason(), now.attempts());
    }
    return now.isPush() && !now.leadActive()
        ? GoneText.of(
            "is still gone from Airtable: what the portal had changed is kept",
            batch.run().mapping().filter())
        : "could not be decided now: somebody edited it at the same moment, or its cell in Airtable"
            + " fits no column";
  }

  private static SettleResult through(DeadLetterEntry now) {
    String gone = now.settledBy();
    return SettleResult.of(
        now.id(),
        Status.DONE,
        gone == null
            ? now.subject() + " went through: the dead letter is closed"
            : now.recordId() + ": " + gone + ", so there is nothing left to apply: closed");
  }

  private RetryBatch batch(List<DeadLetterEntry> entries, RetryAll request) {
    return new RetryBatch(
        entries,
        RepairRun.of(
            client(entries),
            mapping(entries.get(0)),
            request.trigger(),
            request.requester(),
            clock));
  }

  private static boolean fits(DeadLetterEntry entry, List<DeadLetterEntry> batch) {
    boolean known = batch.stream().anyMatch(e -> e.recordId().equals(entry.recordId()));
    long records = batch.stream().map(DeadLetterEntry::recordId).distinct().count();
    return client(batch).id().equals(client(List.of(entry)).id())
        && batch.get(0).table().equals(entry.table())
        && batch.get(0).isAboutField() == entry.isAboutField()
        && (known || records < AirtableRequests.PAGE_SIZE);
  }

  private static Client client(List<DeadLetterEntry> entries) {
    return Objects.requireNonNull(entries.get(0).client());
  }
}
