package io.reconciler.push;

import io.reconciler.apply.DeadLetterRows;
import io.reconciler.apply.Problem;
import java.util.List;
import java.util.UUID;

/** Changes that Airtable will not take, for the dead letters. */
public record Rejection(UUID clientId, UUID runId, List<Problem> problems, String recordIdsJson) {

  /** The rows for the dead letters. */
  public String deadLetters() {
    return DeadLetterRows.json(problems, clientId, runId);
  }

  /** The records, as a JSON array. */
  public String recordIds() {
    return recordIdsJson;
  }
}
