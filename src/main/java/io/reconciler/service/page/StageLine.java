package io.reconciler.service.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stage of a run with one of its tables, as far as it has come. Pure.
 *
 * @param table the name of its mapping
 * @param total about how many records there are in all, null where nobody knows
 * @param rate records a second
 * @param left how long it takes until its end in milliseconds, null where nobody knows
 */
record StageLine(
    boolean pull,
    String table,
    boolean going,
    long done,
    @Nullable Long total,
    @Nullable Long rate,
    long requests,
    long millis,
    @Nullable Long left) {

  /** So long a stage must have lasted before it says how fast it is. */
  private static final long SOON_MS = 1_000;

  /** The stages that have begun, in their order. */
  static List<StageLine> of(JsonNode progress, boolean running) {
    Instant at = Value.time(progress.path("at").asText(""));
    List<StageLine> lines = new ArrayList<>();
    progress.path("stages").forEach(stage -> lines.add(of(stage, at, running)));
    return lines;
  }

  private static StageLine of(JsonNode stage, @Nullable Instant at, boolean running) {
    Instant began = Value.time(stage.path("began").asText(""));
    Instant ended = Value.time(stage.path("ended").asText(""));
    Instant until = ended == null ? at : ended;
    long millis =
        began == null || until == null ? 0 : Math.max(0, Duration.between(began, until).toMillis());
    boolean going = running && ended == null;
    long done = stage.path("done").asLong();
    Long total = total(stage, done);
    return new StageLine(
        stage.path("stage").asText().equals("pull"),
        stage.path("table").asText(),
        going,
        done,
        total,
        millis < SOON_MS || done == 0 ? null : Math.max(1, done * 1_000 / millis),
        stage.path("requests").asLong(),
        millis,
        going && total != null && millis >= SOON_MS && done > 0
            ? (total - done) * millis / done
            : null);
  }

  // It was about so many: more than that have come, and nobody knows how many there are.
  private static @Nullable Long total(JsonNode stage, long done) {
    long total = stage.path("total").asLong();
    return total > 0 && total >= done ? total : null;
  }

  /** What has not begun yet, in words: the rest of both stages over these tables. */
  static List<String> toCome(List<StageLine> begun, List<String> tables) {
    List<String> rest = new ArrayList<>();
    for (boolean pull : new boolean[] {true, false}) {
      tables.stream()
          .filter(t -> begun.stream().noneMatch(l -> l.pull() == pull && l.table().equals(t)))
          .map(table -> (pull ? "pull " : "push ") + table)
          .forEach(rest::add);
    }
    return rest;
  }

  /** What it does, in a word. */
  public String word() {
    return pull ? "Pull" : "Push";
  }
}
