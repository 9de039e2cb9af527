package io.reconciler.service.monitor;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.reconciler.engine.run.RequestListener;
import io.reconciler.engine.run.Run;
import io.reconciler.side.airtable.AirtableRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Counts the requests of this process to Airtable, in runs and outside of them. */
final class RequestMetrics implements RequestListener {

  private final MeterRegistry meters;

  RequestMetrics(MeterRegistry meters) {
    this.meters = meters;
  }

  @Override
  public void answered(
      AirtableRequest request, @Nullable Run run, int status, Duration waited, Duration took) {
    String base = request.baseId();
    Counter.builder("reconciler.airtable.requests")
        .description("Requests to Airtable by HTTP status; none: no answer came")
        .tag("base", base)
        .tag("status", status == NO_ANSWER ? "none" : String.valueOf(status))
        .register(meters)
        .increment();
    Timer.builder("reconciler.airtable.wait")
        .description("How long requests waited for their turn, pauses after a 429 among it")
        .tag("base", base)
        .register(meters)
        .record(waited);
    Timer.builder("reconciler.airtable.request.duration")
        .description("How long Airtable took to answer")
        .tag("base", base)
        .register(meters)
        .record(took);
  }
}
