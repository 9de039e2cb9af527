package io.reconciler.service.monitor;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.reconciler.engine.run.RequestListener;
import io.reconciler.engine.run.Run;
import io.reconciler.engine.run.RunListener;
import io.reconciler.side.airtable.AirtableRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One trace for each run or repair: a span for each route it passes and each request it makes. A
 * span says where time was spent; nothing of what is in records, addresses or formulas is in it. A
 * run has a thread that leads it, and others beside it: a span belongs to the last that its thread
 * opened, else to the run.
 */
final class RunTraces implements RunListener, RequestListener {

  private final Tracer tracer;
  private final Clock clock;
  private final Map<UUID, Steps> open = new ConcurrentHashMap<>();

  RunTraces(Tracer tracer, Clock clock) {
    this.tracer = tracer;
    this.clock = clock;
  }

  @Override
  public void began(Run run) {
    Span span =
        tracer
            .spanBuilder("run")
            .setNoParent()
            .setAttribute("reconciler.run", run.id().toString())
            .setAttribute("reconciler.client", run.client().baseId())
            .setAttribute("reconciler.trigger", run.request().triggerLabel())
            .startSpan();
    open.put(run.id(), new Steps(span, new ConcurrentHashMap<>()));
  }

  @Override
  public void ended(Run run) {
    Steps steps = open.remove(run.id());
    if (steps == null) {
      return;
    }
    Span root = steps.root();
    steps.byThread().values().forEach(thread -> thread.forEach(step -> step.span().end()));
    switch (run.outcome()) {
      case RUNNING -> root.updateName("repair");
      case SUCCEEDED -> root.setAttribute("reconciler.outcome", run.outcome().label());
      case FAILED, STOPPED, MISCONFIGURED, INTERRUPTED ->
          root.setAttribute("reconciler.outcome", run.outcome().label())
              .setStatus(StatusCode.ERROR);
    }
    root.setAttribute("reconciler.requests", run.counts().requests());
    root.end();
  }

  void entered(Run run, String route) {
    Steps steps = open.get(run.id());
    if (steps != null) {
      Span span = tracer.spanBuilder(route).setParent(steps.parent()).startSpan();
      steps.own().push(new Step(route, span));
    }
  }

  /** A run has left a route, which it may have entered before it began. */
  void left(Run run, String route, boolean failed) {
    Steps steps = open.get(run.id());
    Step last = steps == null ? null : steps.own().peek();
    if (steps != null && last != null && last.route().equals(route)) {
      Span span = steps.own().pop().span();
      if (failed) {
        span.setStatus(StatusCode.ERROR);
      }
      span.end();
    }
  }

  @Override
  public void answered(
      AirtableRequest request, @Nullable Run run, int status, Duration waited, Duration took) {
    Steps steps = run == null ? null : open.get(run.id());
    if (steps == null) {
      return;
    }
    Instant now = clock.instant();
    Span span =
        tracer
            .spanBuilder(request.method() + " Airtable")
            .setParent(steps.parent())
            .setSpanKind(SpanKind.CLIENT)
            .setStartTimestamp(now.minus(took))
            .setAttribute("http.request.method", request.method())
            .setAttribute("reconciler.waited_ms", waited.toMillis())
            .startSpan();
    if (status != NO_ANSWER) {
      span.setAttribute("http.response.status_code", status);
    }
    if (status < 200 || status >= 300) {
      span.setStatus(StatusCode.ERROR);
    }
    span.end(now);
  }

  /** The spans of a run that have not ended: its own, and those of its routes by thread. */
  private record Steps(Span root, Map<Thread, Deque<Step>> byThread) {

    Deque<Step> own() {
      return byThread.computeIfAbsent(Thread.currentThread(), thread -> new ArrayDeque<>());
    }

    Context parent() {
      Step last = own().peek();
      return Context.root().with(last == null ? root : last.span());
    }
  }

  /** A span that has not ended, and the route it is for. */
  private record Step(String route, Span span) {}
}
