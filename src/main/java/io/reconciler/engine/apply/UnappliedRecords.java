package io.reconciler.engine.apply;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.reconciler.engine.apply.plan.DeadLetterRows;
import io.reconciler.engine.apply.plan.Problem;
import io.reconciler.side.postgres.OneColumn;
import java.util.List;
import java.util.UUID;

/** What can't be brought to the other side, for the dead letters. */
public record UnappliedRecords(
    UUID clientId, UUID runId, List<Problem> problems, String recordIdsJson) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Of these problems of a client, met in a run. */
  public static UnappliedRecords of(List<Problem> problems, UUID clientId, UUID runId) {
    ArrayNode ids = JSON.createArrayNode();
    problems.forEach(problem -> ids.add(problem.recordId()));
    return new UnappliedRecords(clientId, runId, problems, ids.toString());
  }

  /** The same of nothing but the records, one at a time. */
  public List<UnappliedRecords> singly() {
    return ids().stream()
        .map(
            id ->
                new UnappliedRecords(
                    clientId, runId, List.of(), JSON.createArrayNode().add(id).toString()))
        .toList();
  }

  /** The same, one problem at a time. */
  public List<UnappliedRecords> singleProblems() {
    return problems.stream().map(problem -> of(List.of(problem), clientId, runId)).toList();
  }

  public List<String> ids() {
    return OneColumn.elements(OneColumn.parse(recordIdsJson));
  }

  /** Whether there is anything. */
  public boolean hasProblems() {
    return !problems.isEmpty();
  }

  /** The rows for the dead letters. */
  public String deadLetters() {
    return DeadLetterRows.json(problems, clientId, runId);
  }

  /** The records, as a JSON array. */
  public String recordIds() {
    return recordIdsJson;
  }
}
