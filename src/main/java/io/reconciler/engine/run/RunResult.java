package io.reconciler.engine.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The result of one run of one client, in the shape that {@code sync --json} prints.
 *
 * @param duration milliseconds
 * @param failure what stopped the run, only when it did not succeed
 * @param tables the parts of the counts, in the order of the run, where there is more than one
 *     table
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunResult(
    UUID runId,
    UUID clientId,
    String baseId,
    String trigger,
    boolean success,
    @Nullable String failure,
    boolean dryRun,
    String startTime,
    String endTime,
    long duration,
    Stage1 stage1,
    Stage2 stage2,
    long airtableRequests,
    long rateLimitWaits,
    @Nullable List<TableResult> tables) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What has come of a run so far. */
  static RunResult of(Run run) {
    RunCounts counts = run.counts();
    return new RunResult(
        run.id(),
        run.client().id(),
        run.client().baseId(),
        run.request().triggerLabel(),
        run.outcome() == RunOutcome.SUCCEEDED,
        run.failure(),
        run.request().dryRun(),
        run.started().toString(),
        run.end().toString(),
        Duration.between(run.started(), run.end()).toMillis(),
        counts.stage1(),
        counts.stage2(),
        counts.requests(),
        counts.waits(),
        run.parts().size() > 1 ? run.parts().stream().map(TableResult::of).toList() : null);
  }

  /**
   * What came of one of several tables.
   *
   * @param failure what stopped it, only when something did
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record TableResult(String table, @Nullable String failure, Stage1 stage1, Stage2 stage2) {

    private static TableResult of(Run part) {
      RunCounts counts = part.counts();
      return new TableResult(part.table().name(), part.failure(), counts.stage1(), counts.stage2());
    }
  }

  public record Stage1(
      long recordsProcessed,
      long inserted,
      long updated,
      long unchanged,
      long deactivated,
      List<String> errors,
      long errorCount) {}

  public record Stage2(
      long recordsProcessed,
      long updated,
      long skipped,
      SkippedBy skippedBy,
      long conflicts,
      List<String> errors,
      long errorCount) {}

  public record SkippedBy(
      long grace, @JsonProperty("airtable-newer") long airtableNewer, long unchanged) {}

  /**
   * A write that a dry run would have made.
   *
   * @param table the table's name where there is more than one; else null
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record PlannedWrite(
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String table,
      String recordId,
      String direction,
      String field,
      @Nullable JsonNode from,
      @Nullable JsonNode to,
      String decision) {

    /** A write to the only table, which needs no name. */
    public PlannedWrite(
        String recordId,
        String direction,
        String field,
        @Nullable JsonNode from,
        @Nullable JsonNode to,
        String decision) {
      this(null, recordId, direction, field, from, to, decision);
    }

    PlannedWrite in(String name) {
      return new PlannedWrite(name, recordId, direction, field, from, to, decision);
    }
  }

  /** An outcome for a person: one that is a success has its errors said with it. */
  public String outcomeText(String outcome) {
    return outcome.equals("succeeded") && errorCount() > 0 ? "succeeded with errors" : outcome;
  }

  /** The same of a run that is not waited for any more. */
  RunResult cutOff(String why) {
    return new RunResult(
        runId,
        clientId,
        baseId,
        trigger,
        false,
        why,
        dryRun,
        startTime,
        endTime,
        duration,
        stage1,
        stage2,
        airtableRequests,
        rateLimitWaits,
        tables);
  }

  /** It as JSON, for the ledger. */
  public String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  public long errorCount() {
    return stage1.errorCount() + stage2.errorCount();
  }
}
