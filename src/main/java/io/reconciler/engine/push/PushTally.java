package io.reconciler.engine.push;

import io.reconciler.decide.Decision;
import io.reconciler.engine.apply.plan.GroupOutcome;
import io.reconciler.engine.apply.plan.RecordPlan;
import io.reconciler.engine.run.Run;
import java.time.Instant;

/** Counts each lead of stage 2 once: sent, left as it is, or failed. */
final class PushTally {

  private PushTally() {}

  /** A lead whose change Airtable has. */
  static void pushed(String recordId, Instant edited, Scan scan, Run run) {
    if (scan.count(recordId)) {
      run.counts().pushed();
      run.editLags().pushed(edited);
    }
  }

  /** A lead whose change was sent, but whose answer could not be applied. */
  static void unconfirmed(String recordId, Scan scan, Run run) {
    failed(
        recordId,
        "Airtable's answer to the update could not be applied; a later run looks again",
        scan,
        run);
  }

  /** A lead whose change could not be sent soon enough after its record was read. */
  static void late(String recordId, Scan scan, Run run) {
    failed(
        recordId,
        "its change was not sent, because what was read of the record was too old each time; the"
            + " next run tries again",
        scan,
        run);
  }

  /** A lead whose record Airtable names and does not show. */
  static void unknown(String recordId, Scan scan, Run run) {
    failed(
        recordId,
        "Airtable's answer holds an entry for it that is no record; the next run tries again",
        scan,
        run);
  }

  /** A lead of which nothing has to be sent. */
  static void nothingSent(RecordPlan plan, Scan scan, Run run) {
    String id = plan.record().id();
    boolean same = plan.outcomes().stream().allMatch(PushTally::same);
    if (plan.kind() == RecordPlan.Kind.IN_GRACE
        || plan.outcomes().stream().anyMatch(GroupOutcome::waits)) {
      run.counts().skippedInGrace();
    } else if (plan.outcomes().stream().anyMatch(GroupOutcome::unreadable)) {
      // Its error text and dead letter came with the page.
      if (scan.count(id)) {
        run.counts().pushFailed();
      }
    } else if (same && scan.outbox().mayHaveArrived(id)) {
      pushed(id, plan.updatedAt(), scan, run);
    } else if (plan.agreed().pending() && same) {
      failed(
          id,
          "its changed field is not in the Airtable table any more, or does not fit its column",
          scan,
          run);
    } else if (scan.count(id)) {
      skipped(same, run);
    }
  }

  private static void skipped(boolean same, Run run) {
    if (same) {
      run.counts().skippedUnchanged();
    } else {
      run.counts().skippedForAirtable();
    }
  }

  private static void failed(String recordId, String why, Scan scan, Run run) {
    if (scan.count(recordId)) {
      run.counts().pushFailed();
      run.counts().pushError(recordId + ": " + why);
    }
  }

  private static boolean same(GroupOutcome outcome) {
    Decision.Kind kind = outcome.decision().kind();
    return kind == Decision.Kind.IN_SYNC || kind == Decision.Kind.AGREE;
  }
}
