package io.reconciler.engine.apply.plan;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import java.util.UUID;

/** Problems as the rows that the dead letters take. */
public final class DeadLetterRows {

  private static final ObjectMapper JSON = new ObjectMapper();

  private DeadLetterRows() {}

  /** A JSON array, one object a problem. */
  public static String json(List<Problem> problems, UUID clientId, UUID runId) {
    ArrayNode rows = JSON.createArrayNode();
    for (Problem problem : problems) {
      rows.addObject()
          .put("client_id", clientId.toString())
          .put("run_id", runId.toString())
          .put("stage", problem.stage().label())
          .put("airtable_record_id", problem.recordId())
          .put("field", problem.field())
          .put("reason", problem.reason())
          .set("payload", problem.payload());
    }
    return rows.toString();
  }
}
