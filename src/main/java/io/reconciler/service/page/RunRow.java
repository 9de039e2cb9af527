package io.reconciler.service.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reconciler.side.postgres.OneColumn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run as the ledger of runs holds it, and how far it has come.
 *
 * @param client the client's name; its base where the client is no more
 * @param outcome running, succeeded, failed or interrupted
 * @param result what it came to; missing while it goes on
 * @param progress how far it has come; missing when nobody said so
 * @param heardAt when its process was heard last
 * @param tables the names of the mappings that it goes over; empty of an old run
 */
record RunRow(
    UUID id,
    UUID clientId,
    String client,
    String base,
    String trigger,
    String requester,
    int minutes,
    boolean full,
    Instant started,
    @Nullable Instant ended,
    String outcome,
    @Nullable String failure,
    boolean guarded,
    JsonNode result,
    JsonNode progress,
    @Nullable String stopAskedBy,
    @Nullable Instant heardAt,
    List<String> tables) {

  static RunRow of(ResultSet row, int number) throws SQLException {
    String base = row.getString("base_id");
    String name = row.getString("client");
    return new RunRow(
        Objects.requireNonNull(row.getObject("id", UUID.class)),
        Objects.requireNonNull(row.getObject("client_id", UUID.class)),
        name == null ? base : name,
        base,
        row.getString("trigger"),
        row.getString("requester"),
        row.getInt("window_minutes"),
        row.getBoolean("full_sweep"),
        Objects.requireNonNull(instant(row, "started_at")),
        instant(row, "ended_at"),
        row.getString("outcome"),
        row.getString("failure"),
        row.getBoolean("stopped_by_guard"),
        json(row, "result"),
        json(row, "progress"),
        row.getString("stop_asked_by"),
        instant(row, "heard_at"),
        OneColumn.elements(json(row, "tables")));
  }

  static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp time = row.getTimestamp(column);
    return time == null ? null : time.toInstant();
  }

  static JsonNode json(ResultSet row, String column) throws SQLException {
    String text = row.getString(column);
    return text == null ? MissingNode.getInstance() : OneColumn.parse(text);
  }

  /** The same run with the counts of one of its tables only, where they are known. */
  RunRow of(String table) {
    JsonNode part = part(table);
    if (part == null) {
      return this;
    }
    ObjectNode only = JsonNodeFactory.instance.objectNode();
    only.set("stage1", part.path("stage1"));
    only.set("stage2", part.path("stage2"));
    only.set("airtableRequests", result.path("airtableRequests"));
    return new RunRow(
        id,
        clientId,
        client,
        base,
        trigger,
        requester,
        minutes,
        full,
        started,
        ended,
        outcome,
        part.path("failure").textValue(),
        guarded,
        only,
        progress,
        stopAskedBy,
        heardAt,
        List.of(table));
  }

  private @Nullable JsonNode part(String table) {
    for (JsonNode each : result.path("tables")) {
      if (each.path("table").asText().equals(table)) {
        return each;
      }
    }
    return null;
  }

  public boolean isRunning() {
    return outcome.equals("running");
  }

  /** A number of the result, or of what was done so far. */
  long count(String stage, String name, String soFar) {
    return result.isMissingNode()
        ? progress.path(soFar).asLong()
        : result.path(stage).path(name).asLong();
  }

  public long inserted() {
    return count("stage1", "inserted", "inserted");
  }

  public long updated() {
    return count("stage1", "updated", "updated");
  }

  public long pulled() {
    return count("stage1", "recordsProcessed", "pulled");
  }

  public long deactivated() {
    return count("stage1", "deactivated", "deactivated");
  }

  public long pushed() {
    return count("stage2", "updated", "pushed");
  }

  public long skipped() {
    return count("stage2", "skipped", "skipped");
  }

  public long conflicts() {
    return count("stage2", "conflicts", "conflicts");
  }

  public long errors() {
    return result.isMissingNode()
        ? progress.path("errors").asLong()
        : result.path("stage1").path("errorCount").asLong()
            + result.path("stage2").path("errorCount").asLong();
  }

  public long requests() {
    return result.isMissingNode()
        ? progress.path("requests").asLong()
        : result.path("airtableRequests").asLong();
  }

  public long waits() {
    return result.isMissingNode()
        ? progress.path("waits").asLong()
        : result.path("rateLimitWaits").asLong();
  }
}
