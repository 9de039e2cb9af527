package io.reconciler.side.airtable;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request for the one door: what to ask of which base.
 *
 * @param path below the API's URL, already encoded
 * @param query already encoded, without the question mark; empty when there is none
 * @param body JSON text, null for a GET
 * @param sendBefore when what it was decided on is too old to go by; null for a request that may be
 *     sent at any time, and again
 */
public record AirtableRequest(
    String baseId,
    String method,
    String path,
    String query,
    @Nullable String body,
    @Nullable Instant sendBefore) {

  /** The same, to be sent once and before that moment: after it, it has to be decided again. */
  public AirtableRequest once(Instant before) {
    return new AirtableRequest(baseId, method, path, query, body, before);
  }

  /** The same, to be sent whenever it can, and again when it failed. */
  public AirtableRequest whenever() {
    return new AirtableRequest(baseId, method, path, query, body, null);
  }

  /** Whether it may be sent again as it is. */
  public boolean isRepeatable() {
    return sendBefore == null;
  }

  /** A GET of a path with its query parameters, which are encoded here. */
  public static AirtableRequest get(String baseId, String path, List<Parameter> parameters) {
    return new AirtableRequest(baseId, "GET", path, Parameter.query(parameters), null, null);
  }

  /** Whether the answer is a list of records: all but those about the base itself. */
  boolean answersRecords() {
    return !path.startsWith("/meta/");
  }

  /** A request with a JSON body. */
  public static AirtableRequest send(String baseId, String method, String path, String body) {
    return new AirtableRequest(baseId, method, path, "", body, null);
  }
}
