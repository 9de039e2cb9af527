package io.reconciler.service.page;

import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.MappingSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** How runs stand now, for the pages that follow them. */
final class RunParts {

  private final RunReader runs;
  private final Map<String, String> tableNames;
  private final Clock clock;
  private volatile @Nullable Read latest;

  RunParts(RunReader runs, MappingSet mappings, Clock clock) {
    this.runs = runs;
    // By the names of their mappings, as runs keep them.
    this.tableNames =
        mappings.inOrder().stream().collect(Collectors.toMap(Mapping::name, Mapping::table));
    this.clock = clock;
  }

  LivePart one(UUID id) {
    RunRow row = runs.one(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    RunView view = RunView.of(row, clock.instant());
    return new LivePart(
        "run :: part", Map.of("tableNames", tableNames, "run", view), row.isRunning());
  }

  /** The runs that go on, and those that began since then. */
  LivePart live(Instant since) {
    return live(since, runs.live(since));
  }

  /** The same, as it was read for somebody else less than so long ago. */
  LivePart live(Instant since, Duration old) {
    Read read = latest;
    if (read == null || !read.serves(since, clock.instant().minus(old))) {
      read = new Read(since, clock.instant(), runs.live(since));
      latest = read;
    }
    return live(since, read.rows(since));
  }

  private LivePart live(Instant since, List<RunRow> rows) {
    List<RunView> views = views(rows);
    boolean going =
        views.isEmpty() || views.stream().anyMatch(v -> v.row().isRunning() && !v.lost());
    return new LivePart(
        "live :: part",
        Map.of("tableNames", tableNames, "since", since, "runs", views, "going", going),
        going);
  }

  List<RunView> views(List<RunRow> rows) {
    Instant now = clock.instant();
    return rows.stream().map(row -> RunView.of(row, now)).toList();
  }

  /** What was read at a time: the runs that went on, and those that had begun since then. */
  private record Read(Instant since, Instant at, List<RunRow> all) {

    boolean serves(Instant wanted, Instant notBefore) {
      return !wanted.isBefore(since) && at.isAfter(notBefore) && all.size() < RunReader.MOST_LIVE;
    }

    List<RunRow> rows(Instant wanted) {
      return all.stream()
          .filter(run -> run.isRunning() || !run.started().isBefore(wanted))
          .toList();
    }
  }
}
