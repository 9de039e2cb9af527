package io.reconciler.service.page;

import io.reconciler.side.postgres.SqlFile;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads runs for the pages. */
final class RunReader {

  private static final String LIST = SqlFile.read("show-runs");
  private static final String ONE = SqlFile.read("show-run");
  private static final String STOP = SqlFile.read("ask-run-to-stop");

  /** So many runs that go on at once are shown. */
  static final int MOST_LIVE = 50;

  private static final String EVER = "-infinity";

  private final JdbcClient jdbc;

  RunReader(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** So many runs that pass, the newest first, after a place in the list. */
  List<RunRow> list(RunFilter filter, @Nullable Cursor after, int limit) {
    return query(filter, EVER, after, limit);
  }

  private List<RunRow> query(RunFilter filter, String since, @Nullable Cursor after, int limit) {
    return jdbc.sql(LIST)
        .param("client", filter.client())
        .param("table", filter.table())
        .param("since", since)
        .param("trigger", filter.trigger())
        .param("outcome", filter.outcome())
        .param("requester", filter.requester())
        .param("beforeTime", after == null ? null : after.time().toString())
        .param("beforeId", after == null ? null : after.id())
        .param("limit", limit)
        .query(RunRow::of)
        .list();
  }

  Optional<RunRow> one(UUID id) {
    return jdbc.sql(ONE).param("id", id).query(RunRow::of).optional();
  }

  /** The runs that go on, and those that began since then. */
  List<RunRow> live(Instant since) {
    return query(RunFilter.NONE, since.toString(), null, MOST_LIVE);
  }

  /** Asks the process that does a run to stop it; false when it has ended. */
  boolean stop(UUID id, String by) {
    return jdbc.sql(STOP).param("run", id).param("by", by).update() > 0;
  }
}
