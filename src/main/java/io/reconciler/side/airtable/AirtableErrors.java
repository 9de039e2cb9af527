package io.reconciler.side.airtable;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.text.Plain;
import java.util.Set;

/** Reads Airtable's error bodies, of which there are several shapes, and says what kind it is. */
final class AirtableErrors {

  private static final int LONGEST_MESSAGE = 500;
  private static final int LONGEST_TYPE = 100;
  private static final Set<Integer> DATA = Set.of(400, 413, 422);

  /**
   * Nobody read the request to its end, or only a part was answered: the same may go well at once.
   */
  private static final Set<Integer> PASSING = Set.of(202, 203, 204, 205, 206, 408, 425);

  /** What Airtable, or the servers that it stands behind, are known to answer below 500. */
  private static final Set<Integer> AIRTABLES =
      Set.of(400, 401, 402, 403, 404, 408, 409, 413, 422, 425, 429);

  /** A network that wants one to sign in first says so itself. */
  private static final int SIGN_IN = 511;

  private static final String RENAMED =
      "; a mapped field was renamed or removed: run `reconciler check`";

  private static final String BETWEEN =
      "; Airtable never answers so: a proxy or a sign-in page stands in between, most probably. Let"
          + " this machine reach AIRTABLE_API_URL (else https://api.airtable.com) without it, or set"
          + " AIRTABLE_API_URL to an address that leads to Airtable";

  private AirtableErrors() {}

  /** The exception for an error answer; {@code what} names the request for the message. */
  static AirtableException of(int status, JsonNode body, String what) {
    String type = type(body);
    if (type.equals("PUBLIC_API_BILLING_LIMIT_EXCEEDED")) {
      return new AirtableException.QuotaExceeded(
          "Airtable's monthly API calls of this workspace are used up ("
              + type
              + "): wait for the next month or move to a larger plan");
    }
    String said = what + ": Airtable answered " + status + described(type, message(body));
    if (status >= 500 || PASSING.contains(status)) {
      return new AirtableException.Unavailable(said + advice(status, type));
    }
    if (type.equals("LIST_RECORDS_ITERATOR_NOT_AVAILABLE")) {
      return new AirtableException.IteratorExpired(status, type, said);
    }
    if (DATA.contains(status)) {
      return new AirtableException.Rejected(status, type, said + advice(status, type));
    }
    if (status == 403 || status == 404) {
      return new AirtableException.Forbidden(status, type, said, advice(status, type));
    }
    return new AirtableException.Refused(status, type, said + advice(status, type));
  }

  private static String described(String type, String message) {
    return (type.isEmpty() ? "" : " " + type) + (message.isEmpty() ? "" : ": " + message);
  }

  private static String advice(int status, String type) {
    if (status == 401) {
      return "; check AIRTABLE_API_KEY (a personal access token, starting with pat)";
    }
    if (status == 403 || status == 404) {
      return "; check the base id, AIRTABLE_TABLE, and that the token has this base and the scopes"
          + " data.records:read and data.records:write";
    }
    if (type.equals("UNKNOWN_FIELD_NAME")) {
      return RENAMED;
    }
    if (type.equals("INVALID_FILTER_BY_FORMULA")) {
      return "; the `filter` of the mapping is no formula that Airtable understands, or a mapped field"
          + " was renamed or removed: `reconciler check` tries both";
    }
    return status == SIGN_IN || (status < 500 && !AIRTABLES.contains(status)) ? BETWEEN : "";
  }

  private static String type(JsonNode body) {
    JsonNode error = body.path("error");
    String type =
        error.isTextual()
            ? error.asText()
            : error.isObject()
                ? error.path("type").asText()
                : body.path("errors").path(0).path("error").asText();
    return Plain.line(type, LONGEST_TYPE);
  }

  private static String message(JsonNode body) {
    String message = body.path("error").path("message").asText();
    String text =
        message.isEmpty() ? body.path("errors").path(0).path("message").asText() : message;
    return Plain.line(text, LONGEST_MESSAGE);
  }
}
