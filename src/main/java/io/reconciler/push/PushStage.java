package io.reconciler.push;

import io.reconciler.airtable.AirtableAnswer;
import io.reconciler.airtable.AirtableException;
import io.reconciler.airtable.AirtableRecord;
import io.reconciler.airtable.AirtableRequest;
import io.reconciler.airtable.AirtableRequests;
import io.reconciler.airtable.Parts;
import io.reconciler.apply.GroupOutcome;
import io.reconciler.apply.IncomingRecord;
import io.reconciler.apply.Page;
import io.reconciler.apply.PagePlan;
import io.reconciler.apply.RecordConverter;
import io.reconciler.apply.RecordPlan;
import io.reconciler.mapping.Mapping;
import io.reconciler.merge.Decision;
import io.reconciler.run.Run;
import io.reconciler.run.RunFailedException;
import io.reconciler.run.Watermark;
import io.reconciler.run.Windows;
import io.reconciler.store.Rows;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The decisions of stage 2, between the steps of its routes. */
public final class PushStage {

  private final Mapping mapping;
  private final RecordConverter converter;
  private final Duration grace;
  private final Clock clock;

  /** For this mapping and grace period. */
  public PushStage(Mapping mapping, RecordConverter converter, Duration grace, Clock clock) {
    this.mapping = mapping;
    this.converter = converter;
    this.grace = grace;
    this.clock = clock;
  }

  /** Begins stage 2, from the watermark and the clock as the database gave them. */
  public Scan begin(Run run, String watermark) {
    run.counts().stage("PostgreSQL -> Airtable");
    Watermark known = Watermark.of(Rows.parse(watermark));
    run.pushCovered(Windows.pushCovered(known.databaseNow(), grace));
    return new Scan(
        run, mapping, Windows.pushStart(run.request(), known), grace, known.databaseNow());
  }

  /** The candidates and their records as Airtable holds them now, to be decided. */
  public Page page(Chunk chunk, List<AirtableRecord> records, Run run) {
    return Page.candidates(incoming(records, run), chunk.selectedAt(), chunk.held());
  }

  /** What has to be sent, in batches; counts the leads for which nothing has. */
  public List<Batch> batches(List<PagePlan> plans, Run run) {
    List<Push> pushes = new ArrayList<>();
    plans.stream()
        .flatMap(plan -> plan.records().stream())
        .forEach(
            plan -> {
              if (plan.patch().isEmpty()) {
                skip(plan, run);
              } else {
                pushes.add(Push.of(plan));
              }
            });
    return Parts.of(pushes, AirtableRequests.BATCH_SIZE).stream().map(Batch::new).toList();
  }

  /** The PATCH of a batch. */
  public AirtableRequest patch(Batch batch, Run run) {
    return run.requests().update(run.client().baseId(), batch.fieldsByRecord());
  }

  /** In a dry run a batch is only counted. */
  public void countOnly(Batch batch, Scan scan, Run run) {
    for (String id : batch.recordIds()) {
      if (scan.count(id)) {
        run.counts().pushed();
      }
    }
  }

  /** Airtable's answer to a PATCH, to be agreed on. */
  public Page confirmed(Batch batch, AirtableAnswer answer, Run run) {
    return Page.confirmed(
        incoming(run.requests().page(answer).records(), run), batch.groupsByRecord());
  }

  /** Counts a batch that Airtable has taken. */
  public void count(Batch batch, List<PagePlan> confirmed, Scan scan, Run run) {
    Set<String> answered = new HashSet<>();
    confirmed.forEach(page -> page.records().forEach(plan -> answered.add(plan.record().id())));
    for (Push push : batch.pushes()) {
      String id = push.recordId();
      if (answered.contains(id)) {
        pushed(push, scan, run);
      } else if (scan.count(id)) {
        run.counts().pushFailed();
        run.counts()
            .pushError(
                id
                    + ": Airtable's answer to the update could not be applied; the next run looks again");
      }
    }
  }

  /**
   * Makes sure that a refusal is not about the token, once the batch's records were read.
   *
   * @throws RunFailedException when every record is there: then, as a rule, the token may not write
   */
  public List<Batch> withoutGone(
      Batch batch, List<AirtableRecord> found, AirtableException.Refused refusal) {
    Set<String> there = new HashSet<>();
    found.forEach(record -> there.add(record.id()));
    List<Push> left = batch.pushes().stream().filter(p -> there.contains(p.recordId())).toList();
    if (left.size() == batch.pushes().size()) {
      throw new RunFailedException(refusal.getMessage() + whyWhenThere(refusal));
    }
    return left.isEmpty() ? List.of() : List.of(new Batch(left));
  }

  private static String whyWhenThere(AirtableException.Refused refusal) {
    return refusal.isRecordMissing()
        ? "; but a read shows it: run again"
        : "; the records are there, so the token may not write: it needs the scope"
            + " data.records:write and editor rights on the base";
  }

  private List<IncomingRecord> incoming(List<AirtableRecord> records, Run run) {
    return records.stream()
        .map(record -> converter.convertPortalFields(record, run.leftOut(), clock.instant()))
        .toList();
  }

  private static void pushed(Push push, Scan scan, Run run) {
    if (scan.count(push.recordId())) {
      run.counts().pushed();
      run.editLags().pushed(push.edited());
    }
  }

  private static void skip(RecordPlan plan, Run run) {
    if (plan.kind() == RecordPlan.Kind.IN_GRACE) {
      run.counts().skippedInGrace();
    } else if (plan.outcomes().stream().anyMatch(GroupOutcome::unreadable)) {
      // Its error text and dead letter came with the page.
      run.counts().pushFailed();
    } else if (plan.agreed().pending() && plan.outcomes().stream().allMatch(PushStage::same)) {
      run.counts().pushFailed();
      run.counts()
          .pushError(
              plan.record().id() + ": its changed field is not in the Airtable table any more");
    } else if (plan.outcomes().stream().allMatch(PushStage::same)) {
      run.counts().skippedUnchanged();
    } else {
      run.counts().skippedForAirtable();
    }
  }

  private static boolean same(GroupOutcome outcome) {
    Decision.Kind kind = outcome.decision().kind();
    return kind == Decision.Kind.IN_SYNC || kind == Decision.Kind.AGREE;
  }
}
