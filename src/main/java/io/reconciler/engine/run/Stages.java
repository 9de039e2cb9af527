package io.reconciler.engine.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The stages that a run has gone through, table by table, one after the other; for any thread. */
final class Stages {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<One> begun = new ArrayList<>();

  /** A stage of one table: what it has done so far is in the counts of the table. */
  private static final class One {
    private final String table;
    private final Stage stage;
    private final RunCounts counts;
    private final Instant began;
    private final long requestsBefore;
    private long requests;
    private @Nullable Instant ended;
    private @Nullable Long total;

    One(String table, Stage stage, RunCounts counts, Instant began) {
      this.table = table;
      this.stage = stage;
      this.counts = counts;
      this.began = began;
      this.requestsBefore = counts.requests();
    }

    void end(Instant now) {
      if (ended == null) {
        ended = now;
        requests = sent();
      }
    }

    private long sent() {
      return counts.requests() - requestsBefore;
    }

    ObjectNode json() {
      ObjectNode json =
          JSON.createObjectNode()
              .put("table", table)
              .put("stage", stage.name().toLowerCase(Locale.ROOT))
              .put("began", began.toString())
              .put("done", counts.done(stage))
              .put("requests", ended == null ? sent() : requests);
      if (ended != null) {
        json.put("ended", ended.toString());
      }
      if (total != null) {
        json.put("total", total);
      }
      return json;
    }
  }

  /** One begins, and with that the one before it has ended. */
  synchronized void begin(String table, Stage stage, RunCounts counts, Instant now) {
    end(now);
    begun.add(new One(table, stage, counts, now));
  }

  /** The present one has about so many records in all. */
  synchronized void expect(long total) {
    if (!begun.isEmpty()) {
      begun.get(begun.size() - 1).total = total;
    }
  }

  /** The present one has ended. */
  synchronized void end(Instant now) {
    if (!begun.isEmpty()) {
      begun.get(begun.size() - 1).end(now);
    }
  }

  /** All that have begun, in their order, for whoever follows the run. */
  synchronized ArrayNode json() {
    ArrayNode json = JSON.createArrayNode();
    begun.forEach(one -> json.add(one.json()));
    return json;
  }
}
