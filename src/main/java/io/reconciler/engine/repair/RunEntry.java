package io.reconciler.engine.repair;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reconciler.engine.run.RunResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run as its ledger holds it.
 *
 * @param result what it came to, in the shape of {@code sync --json}; of a run that has not ended,
 *     or whose process was killed, all counts are 0
 * @param outcome running, succeeded, failed or interrupted
 * @param minutes the window
 */
public record RunEntry(
    RunResult result, String outcome, String requester, int minutes, boolean fullSweep) {

  // Results of later versions may have more in them.
  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  private static final String RUNNING = "running";

  /** Reads a row of {@code list-runs.sql}. */
  static RunEntry of(JsonNode row) {
    return new RunEntry(
        row.hasNonNull("result") ? result(row.path("result")) : unfinished(row),
        row.path("outcome").asText(),
        row.path("requester").asText(),
        row.path("windowMinutes").asInt(),
        row.path("fullSweep").asBoolean());
  }

  /** The result, and beside it what only the ledger knows. */
  public ObjectNode json() {
    ObjectNode json = JSON.valueToTree(result);
    return json.put("outcome", outcome)
        .put("requester", requester)
        .put("windowMinutes", minutes)
        .put("fullSweep", fullSweep);
  }

  private static RunResult result(JsonNode json) {
    try {
      return JSON.treeToValue(json, RunResult.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the ledger holds a result that can't be read", e);
    }
  }

  private static RunResult unfinished(JsonNode row) {
    Instant start = Instant.parse(row.path("startTime").asText());
    Instant end = Instant.parse(row.path("endTime").asText());
    return new RunResult(
        UUID.fromString(row.path("runId").asText()),
        UUID.fromString(row.path("clientId").asText()),
        row.path("baseId").asText(),
        row.path("trigger").asText(),
        false,
        failure(row),
        false,
        start.toString(),
        end.toString(),
        Math.max(0, Duration.between(start, end).toMillis()),
        new RunResult.Stage1(0, 0, 0, 0, 0, List.of(), 0),
        new RunResult.Stage2(0, 0, 0, new RunResult.SkippedBy(0, 0, 0), 0, List.of(), 0),
        0,
        0,
        null);
  }

  private static @Nullable String failure(JsonNode row) {
    return row.path("outcome").asText().equals(RUNNING)
        ? "the run is still going on"
        : row.path("failure").textValue();
  }
}
