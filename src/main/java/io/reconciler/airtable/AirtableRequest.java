package io.reconciler.airtable;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request for the one door: what to ask of which base.
 *
 * @param path below the API's URL, already encoded
 * @param query already encoded, without the question mark; empty when there is none
 * @param body JSON text, null for a GET
 */
public record AirtableRequest(
    String baseId, String method, String path, String query, @Nullable String body) {

  /** A GET of a path with its query parameters, which are encoded here. */
  public static AirtableRequest get(String baseId, String path, List<Parameter> parameters) {
    return new AirtableRequest(baseId, "GET", path, Parameter.query(parameters), null);
  }

  /** Whether the answer is a list of records: all but those about the base itself. */
  boolean answersRecords() {
    return !path.startsWith("/meta/");
  }

  /** A request with a JSON body. */
  public static AirtableRequest send(String baseId, String method, String path, String body) {
    return new AirtableRequest(baseId, method, path, "", body);
  }
}
