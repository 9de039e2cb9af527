package io.reconciler.engine.repair;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reconciler.decide.GroupValues;
import io.reconciler.engine.apply.RecordConverter;
import io.reconciler.engine.apply.plan.IncomingRecord;
import io.reconciler.engine.repair.SettleResult.Status;
import io.reconciler.side.airtable.AirtableRecord;
import io.reconciler.side.airtable.RecordRead;
import io.reconciler.side.mapping.FieldGroup;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.GoneText;
import io.reconciler.side.postgres.AgreedValues;
import io.reconciler.side.postgres.LeadRow;
import io.reconciler.side.postgres.OneColumn;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The decisions of applying a losing value, between the steps of its route. */
public final class ConflictRepairs {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ConflictLedger ledger;
  private final Clock clock;

  public ConflictRepairs(ConflictLedger ledger, Clock clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /**
   * Inside the transaction that holds the lead: says what to write and settles the entry, or ends
   * the repair because the entry, the lead or the record is not as the conflict left it.
   */
  public ConflictRepair decide(
      ConflictRepair repair,
      RecordRead read,
      List<Map<String, Object>> leadRows,
      List<Map<String, Object>> agreedRows) {
    ConflictEntry before = repair.work().entry();
    Optional<ConflictEntry> entry = ledger.read(before.id());
    // The winner's value may stand there as a narrow column rounds it.
    Optional<LeadRow> lead =
        lead(leadRows, repair.work())
            .map(row -> row.asWritten(known(agreedRows, repair.work()), repair.run().mapping()));
    if (entry.isEmpty()) {
      repair.end(ConflictLedger.unknown(before.id()));
    } else if (!entry.get().isOpen()) {
      repair.end(ConflictLedger.settledBefore(entry.get()));
    } else if (read.records().isEmpty()) {
      repair.end(
          Status.IMPOSSIBLE,
          "the record %s %s"
              .formatted(
                  before.recordId(),
                  read.absent().isEmpty()
                      ? "could not be read: Airtable's answer holds an entry that is no record"
                      : GoneText.of("is gone from Airtable", repair.run().mapping().filter())));
    } else if (repair.work().decided().lacks(repair.run().table().leftOut())) {
      repair.end(
          Status.IMPOSSIBLE,
          "a field of this group is not in the Airtable table any more, or does not fit its column");
    } else if (lead.isEmpty()) {
      repair.end(Status.IMPOSSIBLE, before.recordId() + " has no active lead");
    } else {
      decide(repair, incoming(read.records().get(0), repair), lead.get());
    }
    return repair;
  }

  /** After the transaction: from now on the next run would finish what is not finished here. */
  public void written(ConflictRepair repair) {
    repair.written();
  }

  /** Once everything is done: says what came of it, from what both sides hold now. */
  public void finish(
      ConflictRepair repair,
      List<Map<String, Object>> leadRows,
      List<Map<String, Object>> agreedRows) {
    ConflictRepair.Work work = repair.work();
    List<String> errors = work.run().result().stage2().errors();
    if (isInPortal(leadRows, work) && isAgreed(agreedRows, work)) {
      repair.end(
          Status.DONE, "applied: both sides of " + work.entry().recordId() + " hold " + text(work));
    } else if (!errors.isEmpty()) {
      repair.end(
          Status.FAILED,
          "the value stands in PostgreSQL, but Airtable did not take it: " + errors.get(0));
    } else {
      repair.end(
          Status.FAILED,
          "the value was written to PostgreSQL, but somebody edited the lead or its record at the"
              + " same moment: the next run settles that");
    }
  }

  /** Another run of the client is active. */
  public void busy(ConflictRepair repair, Throwable cause) {
    repair.busy(cause);
  }

  /** Airtable or PostgreSQL failed it. */
  public void failed(ConflictRepair repair, Throwable cause) {
    repair.failed(cause);
  }

  private IncomingRecord incoming(AirtableRecord record, ConflictRepair repair) {
    return RecordConverter.of(repair.run())
        .convertPortalFields(record, repair.run().table().leftOut(), clock.instant());
  }

  private void decide(ConflictRepair repair, IncomingRecord record, LeadRow lead) {
    ConflictRepair.Work work = repair.work();
    FieldGroup group = work.decided().group();
    if (work.decided().stands(record.group(group), lead.group(group))) {
      ledger.settle(work.entry().id(), "applied", repair.request().requester());
      repair.write(
          edit(work, record, lead), AgreedValues.json(record.group(group), group).toString());
    } else {
      repair.end(movedOn(work.entry(), group, record.group(group), lead.group(group)));
    }
  }

  private static SettleResult movedOn(
      ConflictEntry entry, FieldGroup group, GroupValues airtable, GroupValues portal) {
    ObjectNode present = JSON.createObjectNode();
    present.set("airtable", AgreedValues.json(airtable, group));
    present.set("portal", AgreedValues.json(portal, group));
    return new SettleResult(
        entry.id(),
        Status.MOVED_ON,
        "the sides have moved on since the conflict: nothing was changed; they hold",
        present);
  }

  private boolean isInPortal(List<Map<String, Object>> leadRows, ConflictRepair.Work work) {
    return lead(leadRows, work)
        .filter(lead -> lead.group(work.decided().group()).equals(work.value()))
        .isPresent();
  }

  private boolean isAgreed(List<Map<String, Object>> agreedRows, ConflictRepair.Work work) {
    String group = work.decided().group().name();
    return OneColumn.json(agreedRows).stream()
        .map(row -> AgreedValues.of(row, work.run().mapping()))
        .anyMatch(known -> work.value().equals(known.agreed().get(group)));
  }

  private String edit(ConflictRepair.Work work, IncomingRecord record, LeadRow lead) {
    ArrayNode rows = JSON.createArrayNode();
    ObjectNode row = rows.addObject();
    row.put("@record", lead.recordId()).put("@updated", record.modified().toString());
    ArrayNode kept = row.putArray("@kept");
    for (FieldMapping field : work.run().mapping().portalFields()) {
      boolean own = work.decided().group().name().equals(field.group());
      Object value = own ? work.value().get(field.column()) : lead.values().get(field.column());
      row.set(field.column(), field.toColumn(value));
      if (!own) {
        kept.add(field.column());
      }
    }
    return rows.toString();
  }

  private static AgreedValues known(
      List<Map<String, Object>> agreedRows, ConflictRepair.Work work) {
    return AgreedValues.byRecord(OneColumn.json(agreedRows), work.run().mapping())
        .getOrDefault(work.entry().recordId(), AgreedValues.NONE);
  }

  private Optional<LeadRow> lead(List<Map<String, Object>> rows, ConflictRepair.Work work) {
    return LeadRow.byRecord(OneColumn.json(rows), work.run().mapping()).values().stream()
        .filter(lead -> work.run().client().id().equals(lead.clientId()))
        .filter(lead -> lead.isActive(work.run().mapping()))
        .findFirst();
  }

  private static String text(ConflictRepair.Work work) {
    return AgreedValues.json(work.value(), work.decided().group()).toString();
  }
}
