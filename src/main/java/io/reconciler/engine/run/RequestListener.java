package io.reconciler.engine.run;

import io.reconciler.side.airtable.AirtableRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Hears of every request to Airtable, on the thread that makes it. */
public interface RequestListener {

  /** No answer came: the connection broke, or the time was up. */
  int NO_ANSWER = 0;

  /**
   * A request was answered, or failed.
   *
   * @param run the run or repair that made it; null when it was made outside of one
   * @param status the HTTP status, or {@link #NO_ANSWER}
   * @param waited how long it waited for its turn before it was sent
   * @param took from sending it to its answer
   */
  void answered(
      AirtableRequest request, @Nullable Run run, int status, Duration waited, Duration took);
}
