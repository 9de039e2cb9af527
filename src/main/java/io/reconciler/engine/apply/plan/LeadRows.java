package io.reconciler.engine.apply.plan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.reconciler.side.mapping.FieldMapping;
import java.io.IOException;
import java.util.List;
import java.util.UUID;

/** The leads that a page writes, one row a record. Pure, but for the keys of new rows. */
final class LeadRows {

  private LeadRows() {}

  static byte[] inserts(PagePlan page) {
    List<RecordPlan> plans = page.of(RecordPlan.Kind.INSERT);
    return JsonRows.of(
        rows -> {
          for (RecordPlan plan : plans) {
            rows.begin();
            rows.put("@client", page.clientId().toString());
            rows.put("@key", UUID.randomUUID().toString());
            rows.put("@created", plan.record().created());
            row(page, plan, rows);
            rows.end();
          }
        });
  }

  static byte[] updates(PagePlan page) {
    return JsonRows.of(
        rows -> {
          for (RecordPlan plan : page.of(RecordPlan.Kind.UPDATE)) {
            rows.begin();
            row(page, plan, rows);
            rows.end();
          }
        });
  }

  private static void row(PagePlan page, RecordPlan plan, JsonRows row) throws IOException {
    row.put("@record", plan.record().id());
    row.put("@updated", plan.updatedAt());
    ArrayNode kept = JsonNodeFactory.instance.arrayNode();
    for (FieldMapping field : page.mapping().fields()) {
      if (field.isLinked() && !changes(plan, field)) {
        // What it points at may have no record yet: it stays as it stands.
        kept.add(field.column());
      } else {
        row.put(field.column(), field.toColumn(plan.row().get(field.column())));
      }
    }
    row.put("@kept", kept);
  }

  private static boolean changes(RecordPlan plan, FieldMapping field) {
    return plan.changes().stream().anyMatch(c -> c.column().equals(field.column()));
  }
}
