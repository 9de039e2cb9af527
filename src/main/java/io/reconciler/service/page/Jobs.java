package io.reconciler.service.page;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.engine.failure.FailureText;
import io.reconciler.engine.process.Daemons;
import io.reconciler.side.postgres.SqlFile;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Work that somebody asked for on a page and that goes on without the page: kept in the database,
 * so that every instance can show how far it has come.
 */
final class Jobs implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);
  private static final Duration BEAT = Duration.ofMillis(500);

  private final JdbcClient jdbc;
  private final Executor threads;
  private final Map<UUID, JobProgress> present = new ConcurrentHashMap<>();
  private final ScheduledExecutorService clock = Daemons.clock("job-progress");

  Jobs(JdbcClient jdbc, Executor threads) {
    this.jdbc = jdbc;
    this.threads = threads;
    Daemons.repeat(clock, BEAT, () -> present.forEach(this::beat));
  }

  /** Begins it; its result is what the work returns. */
  UUID start(String kind, String requester, String title, Function<JobProgress, JsonNode> work) {
    UUID id = UUID.randomUUID();
    jdbc.sql(SqlFile.read("start-job"))
        .param("id", id)
        .param("kind", kind)
        .param("requester", requester)
        .param("title", title)
        .update();
    JobProgress progress = new JobProgress();
    present.put(id, progress);
    try {
      threads.execute(() -> run(id, progress, work));
    } catch (RejectedExecutionException e) {
      fail(id, progress, e);
      present.remove(id);
    }
    return id;
  }

  Optional<JobRow> read(UUID id) {
    return jdbc.sql(SqlFile.read("show-job")).param("id", id).query(JobRow::of).optional();
  }

  Optional<JobRow> latest(String kind) {
    return jdbc.sql(SqlFile.read("show-latest-job"))
        .param("kind", kind)
        .query(JobRow::of)
        .optional();
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }

  private void run(UUID id, JobProgress progress, Function<JobProgress, JsonNode> work) {
    try {
      JsonNode result = work.apply(progress);
      end(id, progress, result, null);
    } catch (RuntimeException e) {
      LOG.debug("the job {} failed", id, e);
      fail(id, progress, e);
    } catch (Error e) {
      // Whoever asked for it is told; the thread and its process are for the JVM to judge.
      LOG.error("the job {} failed", id, e);
      fail(id, progress, e);
      throw e;
    } finally {
      present.remove(id);
    }
  }

  private void fail(UUID id, JobProgress progress, Throwable cause) {
    end(id, progress, null, FailureText.of(cause));
  }

  private void end(
      UUID id, JobProgress progress, @Nullable JsonNode result, @Nullable String failure) {
    jdbc.sql(SqlFile.read("end-job"))
        .param("id", id)
        .param("done", progress.done())
        .param("total", progress.total())
        .param("result", result == null ? null : result.toString())
        .param("failure", failure)
        .update();
  }

  private void beat(UUID id, JobProgress progress) {
    try {
      jdbc.sql(SqlFile.read("beat-job"))
          .param("id", id)
          .param("done", progress.done())
          .param("total", progress.total())
          .update();
    } catch (DataAccessException e) {
      LOG.debug("how far the job {} has come could not be written down", id, e);
    }
  }
}
