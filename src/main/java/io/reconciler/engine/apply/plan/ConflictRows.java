package io.reconciler.engine.apply.plan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reconciler.side.postgres.AgreedValues;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The conflicts of a page as the rows that the ledger takes. Pure. */
final class ConflictRows {

  /** Who settles a conflict in which nothing was lost: nobody has to look at it. */
  private static final String NOTHING_LOST = "nothing lost";

  private ConflictRows() {}

  static void add(PagePlan page, RecordPlan plan, ArrayNode rows) {
    plan.conflicts().forEach(outcome -> conflict(page, plan, outcome, rows.addObject()));
  }

  private static void conflict(
      PagePlan page, RecordPlan plan, GroupOutcome outcome, ObjectNode row) {
    row.put("client_id", page.clientId().toString());
    row.put("run_id", page.runId().toString());
    row.put("stage", page.purpose().stage().label());
    row.put("airtable_record_id", plan.record().id());
    row.put("field_group", outcome.group().name());
    row.put("policy", outcome.state().policy().label());
    row.put("winner", Objects.requireNonNull(outcome.decision().winner(), "winner").label());
    row.put("status", outcome.nothingLost() ? "settled" : "open");
    row.put("settled_by", outcome.nothingLost() ? NOTHING_LOST : null);
    var agreed = outcome.state().agreed();
    row.set("agreed", agreed == null ? null : AgreedValues.json(agreed, outcome.group()));
    row.set("airtable", AgreedValues.json(outcome.state().airtable(), outcome.group()));
    row.set("portal", AgreedValues.json(outcome.state().portal(), outcome.group()));
    row.put("airtable_modified_at", text(outcome.state().times().airtable()));
    row.put("portal_modified_at", text(outcome.state().times().portal()));
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }
}
