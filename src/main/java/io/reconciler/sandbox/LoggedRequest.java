package io.reconciler.sandbox;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request the sandbox received.
 *
 * @param at its arrival on the sandbox's clock
 * @param nanos its arrival on System.nanoTime
 * @param method the HTTP method
 * @param path decoded
 * @param query decoded, every value of a name in order
 * @param baseId the base addressed, null for none
 * @param status the answer's status; 0 while there is none or when it was never sent
 * @param body as received
 */
public record LoggedRequest(
    Instant at,
    long nanos,
    String method,
    String path,
    Map<String, List<String>> query,
    @Nullable String baseId,
    int status,
    String body) {

  /** Returns the first value of that query parameter, or null. */
  public @Nullable String query(String name) {
    List<String> values = query.get(name);
    return values == null ? null : values.get(0);
  }

  LoggedRequest answered(int newStatus) {
    return new LoggedRequest(at, nanos, method, path, query, baseId, newStatus, body);
  }
}
