package io.reconciler.engine.apply.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.text.Plain;
import org.jspecify.annotations.Nullable;

/** What a page changes, for whoever looks at a run or a record later. Pure. */
final class ChangeRows {

  /** Of a longer text only the beginning is kept. */
  private static final int LONGEST = 2_000;

  private ChangeRows() {}

  /** Whether a record changes on either side. */
  static boolean changes(PagePlan page, RecordPlan plan) {
    return plan.writesLead() || isSent(page, plan);
  }

  /** Adds the rows of a record that changes. */
  static void add(PagePlan page, RecordPlan plan, ArrayNode rows) {
    if (isSent(page, plan)) {
      ObjectNode sent = row(plan, "push", rows).putObject("changes");
      plan.outcomes().forEach(outcome -> sent(outcome, sent));
    }
    if (plan.kind() == RecordPlan.Kind.INSERT) {
      row(plan, "new", rows);
    } else if (plan.writesLead()) {
      ObjectNode pulled = row(plan, "pull", rows).putObject("changes");
      plan.changes().forEach(change -> pulled(page.mapping(), change, pulled));
    }
  }

  private static boolean isSent(PagePlan page, RecordPlan plan) {
    return page.purpose() == Page.Purpose.CONFIRM_PUSH && !plan.outcomes().isEmpty();
  }

  private static ObjectNode row(RecordPlan plan, String kind, ArrayNode rows) {
    return rows.addObject().put("record", plan.record().id()).put("kind", kind);
  }

  private static void sent(GroupOutcome outcome, ObjectNode changes) {
    for (FieldMapping field : outcome.group().fields()) {
      Object value = outcome.state().airtable().get(field.column());
      changes.putObject(field.column()).set("to", json(field, value));
    }
  }

  private static void pulled(Mapping mapping, RecordPlan.Change change, ObjectNode changes) {
    FieldMapping field = mapping.column(change.column());
    changes
        .putObject(change.column())
        .<ObjectNode>set("from", json(field, change.from()))
        .set("to", json(field, change.to()));
  }

  private static @Nullable JsonNode json(FieldMapping field, @Nullable Object value) {
    JsonNode json = field.toColumn(value);
    return json != null && json.isTextual() && json.textValue().length() > LONGEST
        ? TextNode.valueOf(Plain.head(json.textValue(), LONGEST))
        : json;
  }
}
