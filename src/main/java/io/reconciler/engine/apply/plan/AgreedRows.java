package io.reconciler.engine.apply.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.postgres.AgreedValues;
import java.io.IOException;
import java.util.Map;

/** What both sides of a page's records agree on afterwards, one row a record that has it anew. */
final class AgreedRows {

  private AgreedRows() {}

  static byte[] of(PagePlan page) {
    String client = page.clientId().toString();
    return JsonRows.of(
        rows -> {
          for (RecordPlan plan : page.records()) {
            if (plan.agreedChanged()) {
              row(plan, client, page.mapping(), rows);
            }
          }
        });
  }

  private static void row(RecordPlan plan, String client, Mapping mapping, JsonRows row)
      throws IOException {
    AgreedValues agreed = plan.agreed();
    row.begin();
    row.put("airtable_record_id", plan.record().id());
    row.put("client_id", client);
    for (Map.Entry<String, JsonNode> column : agreed.json(mapping).properties()) {
      row.put(column.getKey(), column.getValue());
    }
    row.put("airtable_modified_at", agreed.modified());
    row.put("pending", agreed.pending());
    row.end();
  }
}
