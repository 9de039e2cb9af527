package io.reconciler.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.sandbox.http.Call;
import io.reconciler.sandbox.http.Handler;
import io.reconciler.sandbox.http.Reply;
import io.reconciler.sandbox.table.ErrorReply;
import io.reconciler.sandbox.table.Json;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/** Where every request comes in: it is logged, may meet a fault, and gets its answer. */
final class Door implements Handler {

  private static final Map<String, String> HEADERS =
      Map.of("Content-Type", "application/json; charset=utf-8", "access-control-allow-origin", "*");

  private final Router router;
  private final Journal journal;
  private final Faults faults;
  private final Clock clock;
  private final Duration latency;

  Door(Router router, Journal journal, Faults faults, Clock clock, Duration latency) {
    this.router = router;
    this.journal = journal;
    this.faults = faults;
    this.clock = clock;
    this.latency = latency;
  }

  @Override
  public Reply handle(Call http) {
    ApiCall call = ApiCall.of(http);
    Journal.Entry entry = journal.arrived(logged(call));
    Fault fault = faults.take(entry.request());
    Reply reply = fault == null ? answer(call, entry) : spoilt(fault, call, entry);
    pause(fault == null ? latency : latency.plus(fault.delay()));
    entry.answered(reply.status());
    return reply;
  }

  private LoggedRequest logged(ApiCall call) {
    return new LoggedRequest(
        clock.instant(),
        System.nanoTime(),
        call.method(),
        "/" + String.join("/", call.path()),
        call.query(),
        call.baseId(),
        0,
        call.bodyText());
  }

  private Reply spoilt(Fault fault, ApiCall call, Journal.Entry entry) {
    return switch (fault.kind()) {
      case ANSWER ->
          Reply.of(fault.status(), fault.headers(), fault.body().getBytes(StandardCharsets.UTF_8));
      case DROP_BEFORE -> Reply.dropped();
      case DROP_AFTER -> {
        answer(call, entry);
        yield Reply.dropped();
      }
      case TRUNCATE -> answer(call, entry).truncated();
      case DELAY -> answer(call, entry);
    };
  }

  private Reply answer(ApiCall call, Journal.Entry entry) {
    try {
      return reply(200, router.route(call, entry.request().at()));
    } catch (ErrorReply e) {
      return reply(e.status(), e.body());
    } catch (RuntimeException e) {
      return reply(500, ErrorReply.unexpected().body());
    }
  }

  private static Reply reply(int status, JsonNode body) {
    return Reply.of(status, HEADERS, Json.bytes(body));
  }

  private static void pause(Duration duration) {
    if (duration.isZero()) {
      return;
    }
    try {
      Thread.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
