package io.reconciler.engine.push;

import io.reconciler.engine.apply.RecordConverter;
import io.reconciler.engine.apply.UnappliedRecords;
import io.reconciler.engine.apply.plan.IncomingRecord;
import io.reconciler.engine.apply.plan.Page;
import io.reconciler.engine.apply.plan.PagePlan;
import io.reconciler.engine.apply.plan.RecordPlan;
import io.reconciler.engine.run.Run;
import io.reconciler.engine.run.Stage;
import io.reconciler.engine.run.Trigger;
import io.reconciler.engine.window.Watermark;
import io.reconciler.engine.window.Windows;
import io.reconciler.side.airtable.AirtableAnswer;
import io.reconciler.side.airtable.AirtableException;
import io.reconciler.side.airtable.AirtableRecord;
import io.reconciler.side.airtable.AirtableRequest;
import io.reconciler.side.airtable.RecordRead;
import io.reconciler.side.mapping.Conversion;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.postgres.OneColumn;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The decisions of stage 2, between the steps of its routes. */
public final class PushStage {

  private final Duration grace;
  private final SendTimes times;
  private final Clock clock;

  /** With this grace period and these times. */
  public PushStage(Duration grace, SendTimes times, Clock clock) {
    this.grace = grace;
    this.times = times;
    this.clock = clock;
  }

  /** Begins stage 2, from the watermark and the clock as the database gave them. */
  public Scan begin(Run run, String watermark) {
    run.enter(Stage.PUSH);
    Watermark known = Watermark.of(OneColumn.parse(watermark));
    run.coverage().pushTo(Windows.pushCovered(known, grace));
    return new Scan(run, start(run, known), grace, known.databaseNow(), new Outbox(times, clock));
  }

  // Where a field was made anew and nothing is written, no lead is known as pending for it.
  private static Instant start(Run run, Watermark known) {
    return run.table().fields().changes().isForgetting()
        ? Instant.EPOCH
        : Windows.pushStart(run.request(), known);
  }

  /** The search for edits of inactive leads: of the schedule's runs and of full sweeps. */
  public InactiveEdits inactive(Scan scan, Run run) {
    boolean wanted = run.request().full() || run.request().trigger() == Trigger.SCHEDULE;
    return new InactiveEdits(run, Instant.parse(scan.since()), wanted);
  }

  /** Takes the next inactive leads: what the portal changed of them. */
  public UnappliedRecords takeInactive(List<Map<String, Object>> rows, InactiveEdits edits) {
    return edits.take(rows);
  }

  /** Takes the next leads that may hold a change of the portal. */
  public void take(List<Map<String, Object>> rows, Scan scan) {
    scan.take(rows);
  }

  /** Takes the leads whose whole record could not be applied before and that are due. */
  public void takeDue(List<Map<String, Object>> rows, Scan scan) {
    scan.takeDue(rows);
  }

  /** The candidates and their records as Airtable holds them now, to be decided. */
  public Page page(Chunk chunk, List<AirtableRecord> records, Run run) {
    return Page.candidates(incoming(records, run), chunk.selectedAt(), chunk.held());
  }

  /**
   * The records of a chunk were read; what can't be sent in time, however often it is read, and
   * what nothing could be read of, waits for the next run.
   */
  public void read(RecordRead read, Scan scan, Run run) {
    scan.outbox().read(read.asked(), read.records());
    if (!read.unknown().isEmpty()) {
      read.unknown().forEach(id -> PushTally.unknown(id, scan, run));
      // The next run has to find these leads where this one did.
      run.coverage().pushStays();
    }
    if (scan.outbox().isHopeless()) {
      scan.outbox().candidates().forEach(c -> PushTally.late(c.lead().recordId(), scan, run));
      scan.outbox().clear();
    }
  }

  /**
   * Takes what was decided: what has to be sent goes to the outbox, the other leads are counted.
   */
  public void decided(List<PagePlan> plans, Chunk chunk, Scan scan, Run run) {
    List<Push> pushes = new ArrayList<>();
    for (RecordPlan plan : plans.stream().flatMap(p -> p.records().stream()).toList()) {
      if (plan.patch().isEmpty()) {
        PushTally.nothingSent(plan, scan, run);
      } else {
        pushes.add(Push.of(plan));
      }
    }
    scan.outbox().put(pushes, chunk.after(plans.stream().flatMap(p -> p.records().stream())));
  }

  /** The PATCH of a batch, good only for as long as the read that it was decided on. */
  public AirtableRequest patch(OutgoingBatch batch, Run run) {
    Batch changes = batch.changes();
    return run.table()
        .requests()
        .update(run.client().baseId(), changes.fieldsByRecord(), makesOptions(changes, run))
        .once(batch.scan().outbox().sendBefore());
  }

  // Airtable makes options for all selects of a request or for none. A batch in which some may not
  // get new ones goes without; refused, it is split until such a group stands alone.
  private static boolean makesOptions(Batch batch, Run run) {
    List<FieldMapping> selects =
        run.mapping().portalFields().stream()
            .filter(
                field ->
                    field.conversion().kind() == Conversion.Kind.OPTIONS
                        || "singleSelect".equals(field.airtableType()))
            .filter(
                field ->
                    batch.fieldsByRecord().values().stream()
                        .anyMatch(cells -> cells.containsKey(field.airtableField())))
            .toList();
    return !selects.isEmpty() && selects.stream().allMatch(f -> f.conversion().newOptions());
  }

  /** In a dry run what would be sent is only counted. */
  public void countOnly(Scan scan, Run run) {
    scan.outbox().batches().stream()
        .flatMap(batch -> batch.recordIds().stream())
        .filter(scan::count)
        .forEach(id -> run.counts().pushed());
    scan.outbox().clear();
  }

  /**
   * Airtable's answer to a PATCH, to be agreed on.
   *
   * @throws AirtableException.Rejected when it shows nothing of a value that was sent, or what was
   *     there before
   */
  public Page confirmed(OutgoingBatch batch, AirtableAnswer answer, Run run) {
    List<AirtableRecord> records = run.table().requests().page(answer).records();
    List<IncomingRecord> read = incoming(records, run);
    batch.changes().ensureArrived(records, read, run.mapping());
    return Page.confirmed(read, batch.changes().groupsByRecord());
  }

  /** Counts a batch that Airtable has taken: it is done with. */
  public void count(OutgoingBatch batch, List<PagePlan> confirmed, Run run) {
    Scan scan = batch.scan();
    Set<String> answered = new HashSet<>();
    confirmed.forEach(page -> page.records().forEach(plan -> answered.add(plan.record().id())));
    for (Push push : batch.changes().pushes()) {
      if (answered.contains(push.recordId())) {
        PushTally.pushed(push.recordId(), push.edited(), scan, run);
      } else {
        PushTally.unconfirmed(push.recordId(), scan, run);
      }
    }
    scan.outbox().taken(batch.changes());
  }

  private List<IncomingRecord> incoming(List<AirtableRecord> records, Run run) {
    RecordConverter converter = RecordConverter.of(run);
    return records.stream()
        .map(
            record -> converter.convertPortalFields(record, run.table().leftOut(), clock.instant()))
        .toList();
  }
}
