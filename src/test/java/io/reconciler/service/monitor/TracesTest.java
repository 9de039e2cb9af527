package io.reconciler.service.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.sandbox.Fault;
import io.reconciler.world.LedgerEdits;
import io.reconciler.world.ServiceWorld;
import io.reconciler.world.World;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TracesTest {

  @Test
  void each_run_is_one_trace_of_the_routes_and_requests_it_took_and_holds_no_data()
      throws Exception {
    try (Spans spans = new Spans()) {
      ServiceWorld service =
          ServiceWorld.open(
              Clock.systemUTC(),
              Map.of(),
              Map.of(
                  "OTEL_EXPORTER_OTLP_ENDPOINT",
                  spans.endpoint(),
                  "OTEL_EXPORTER_OTLP_HEADERS",
                  "api-key=abc"));
      World world = service.world();
      Watched watched = new Watched(service);
      String id =
          world.leads().create(Map.of("First Name", "Zebulon", "Claimed By", "Quackenbush"));
      watched.run();
      new LedgerEdits(world).portalNote(id, "Zebulon called");
      watched.run();
      world.sandbox().onRequest(request -> true, Fault.answer(401, "{}").always());
      watched.run();
      service.send("GET", "/api/leads", null, null);
      service.close();

      assertThat(spans.all().stream().map(Spans.Span::trace).distinct()).hasSize(3);
      List<Spans.Span> roots =
          spans.all().stream().filter(span -> span.parent().isEmpty()).toList();
      assertThat(roots).hasSize(3).allMatch(root -> root.name().equals("run"));
      List<Spans.Span> second = ofTrace(spans, roots.get(1).trace());
      assertThat(second)
          .extracting(Spans.Span::name)
          .contains("pull", "pull-page", "apply-page", "push", "push-batch")
          .contains("GET Airtable", "PATCH Airtable");
      assertThat(name(second, parentOf(second, "pull-page"))).isEqualTo("pull-pages");
      assertThat(name(second, parentOf(second, "PATCH Airtable"))).isEqualTo("airtable-request");
      assertThat(spans.everything())
          .contains("reconciler.client", world.baseId())
          .doesNotContain("Zebulon", "Quackenbush", World.TOKEN, "filterByFormula", "/v0", "Leads");
      assertThat(spans.keys()).containsOnly("abc");
    }
  }

  private static List<Spans.Span> ofTrace(Spans spans, String trace) {
    return spans.all().stream().filter(span -> span.trace().equals(trace)).toList();
  }

  private static String parentOf(List<Spans.Span> spans, String name) {
    return spans.stream()
        .filter(span -> span.name().equals(name))
        .findFirst()
        .orElseThrow()
        .parent();
  }

  private static String name(List<Spans.Span> spans, String id) {
    return spans.stream().filter(span -> span.id().equals(id)).findFirst().orElseThrow().name();
  }
}
