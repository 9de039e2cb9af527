package io.reconciler.engine.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reconciler.engine.process.Daemons;
import io.reconciler.side.postgres.SqlFile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Lets other processes follow the runs of this one, and stop them: once in a while it writes down
 * how far each has come, and hears whether somebody asked it to stop.
 */
public final class LiveRuns implements RunListener, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LiveRuns.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BEAT = SqlFile.read("beat-runs");

  private final JdbcClient jdbc;
  private final Map<UUID, Run> runs = new ConcurrentHashMap<>();
  private final ScheduledExecutorService clock = Daemons.clock("run-progress");

  /** On this database, so often. */
  public LiveRuns(JdbcClient jdbc, Duration beat) {
    this.jdbc = jdbc;
    Daemons.repeat(clock, beat, () -> write(List.copyOf(runs.values())));
  }

  @Override
  public void began(Run run) {
    runs.put(run.id(), run);
  }

  @Override
  public void ended(Run run) {
    if (runs.remove(run.id()) != null && isKept(run)) {
      write(List.of(run));
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }

  private void write(List<Run> present) {
    List<Run> kept = present.stream().filter(LiveRuns::isKept).toList();
    if (kept.isEmpty()) {
      return;
    }
    try {
      jdbc.sql(BEAT).param("runs", rows(kept)).query().listOfRows().stream()
          .filter(row -> row.get("stop_asked_by") != null)
          .forEach(row -> stop(row, kept));
    } catch (DataAccessException e) {
      LOG.debug("how far the runs have come could not be written down: {}", e.getMessage());
    }
  }

  // A repair has no entry in the ledger, and a dry run is followed by who asked for it.
  private static boolean isKept(Run run) {
    return !run.request().dryRun() && run.counts().stage().length() > 0;
  }

  private static void stop(Map<String, Object> row, List<Run> kept) {
    kept.stream()
        .filter(run -> run.id().equals(row.get("run_id")))
        .forEach(run -> run.shared().askToStop(String.valueOf(row.get("stop_asked_by"))));
  }

  private static String rows(List<Run> runs) {
    ArrayNode rows = JSON.createArrayNode();
    runs.forEach(
        run -> {
          ObjectNode row = rows.addObject().put("run_id", run.id().toString());
          row.set("progress", progress(run));
        });
    return rows.toString();
  }

  private static ObjectNode progress(Run run) {
    ObjectNode progress = JSON.createObjectNode().put("at", run.shared().now().toString());
    progress.set("stages", run.stages().json());
    progress.put("stage", run.counts().stage());
    run.counts().soFar().forEach(progress::put);
    if (run.outcome() != RunOutcome.RUNNING) {
      progress.put("pullLagMs", Percentile.of(run.editLags().pulls()));
      progress.put("pushLagMs", Percentile.of(run.editLags().pushes()));
    }
    return progress;
  }
}
