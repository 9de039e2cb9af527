package io.reconciler.sandbox.http;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request as it came over the wire.
 *
 * @param method the HTTP method, upper case
 * @param target the raw request target, still encoded
 * @param headers names in lower case; of a repeated header the last value
 * @param body the decoded bytes, empty when there were none
 */
@SuppressWarnings("ArrayRecordComponent") // a request is never compared
public record Call(String method, String target, Map<String, String> headers, byte[] body) {

  /** Returns the header's value, or null when it was not sent. */
  public @Nullable String header(String name) {
    return headers.get(name.toLowerCase(Locale.ROOT));
  }

  /** Says whether the client listed the token in that comma separated header. */
  public boolean lists(String header, String token) {
    String value = header(header);
    return value != null && value.toLowerCase(Locale.ROOT).contains(token);
  }

  /** Returns the encoded path without the query. */
  public String rawPath() {
    int mark = target.indexOf('?');
    return mark < 0 ? target : target.substring(0, mark);
  }

  /** Returns the encoded query, empty when there is none. */
  public String rawQuery() {
    int mark = target.indexOf('?');
    return mark < 0 ? "" : target.substring(mark + 1);
  }
}
