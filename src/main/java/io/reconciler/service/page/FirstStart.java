package io.reconciler.service.page;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.engine.door.RouteCalls;
import io.reconciler.engine.failure.FailureText;
import io.reconciler.side.airtable.AirtableAnswer;
import io.reconciler.side.airtable.AirtableRequest;
import io.reconciler.side.airtable.AirtableRequests;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the token can see, for whoever sets this up. */
final class FirstStart {

  /** The requests are counted for a base; there is none yet. */
  private static final String NO_BASE = "none";

  /** So many bases are looked into. */
  private static final int LOOKED_INTO = 10;

  private final RouteCalls routes;

  FirstStart(RouteCalls routes) {
    this.routes = routes;
  }

  /**
   * What a test of the token found.
   *
   * @param failure what Airtable said instead, in one line; null when it answered
   */
  record Seen(List<Base> bases, int more, @Nullable String failure) {}

  /** A base that the token sees. */
  record Base(String id, String name, String permission, List<String> tables) {}

  Seen test() {
    try {
      JsonNode answer = ask(AirtableRequests.bases(NO_BASE, null)).path("bases");
      List<Base> bases = new ArrayList<>();
      for (JsonNode base : answer) {
        if (bases.size() < LOOKED_INTO) {
          bases.add(base(base));
        }
      }
      return new Seen(bases, Math.max(0, answer.size() - bases.size()), null);
    } catch (RuntimeException e) {
      return new Seen(List.of(), 0, FailureText.of(e));
    }
  }

  private Base base(JsonNode base) {
    List<String> tables = new ArrayList<>();
    String id = base.path("id").asText();
    ask(AirtableRequests.schema(id))
        .path("tables")
        .forEach(t -> tables.add(t.path("name").asText()));
    return new Base(id, base.path("name").asText(), base.path("permissionLevel").asText(), tables);
  }

  private JsonNode ask(AirtableRequest request) {
    return routes.call("direct:airtable-api", request, AirtableAnswer.class).body();
  }
}
