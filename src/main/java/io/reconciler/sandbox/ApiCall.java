package io.reconciler.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.sandbox.http.Call;
import io.reconciler.sandbox.table.ErrorReply;
import io.reconciler.sandbox.table.Ids;
import io.reconciler.sandbox.table.Json;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request, decoded.
 *
 * @param http as it came
 * @param path the decoded segments
 * @param query the decoded parameters in order
 */
record ApiCall(Call http, List<String> path, Map<String, List<String>> query) {

  /** UNCONFIRMED: the size at which Airtable answers 413. */
  private static final int LARGEST_BODY = 1 << 20;

  private static final String BEARER = "Bearer ";

  static ApiCall of(Call http) {
    List<String> path =
        Arrays.stream(http.rawPath().split("/", -1))
            .filter(segment -> !segment.isEmpty())
            // A plus sign is a plus sign in a path.
            .map(segment -> decoded(segment.replace("+", "%2B")))
            .toList();
    return new ApiCall(http, path, parameters(http.rawQuery()));
  }

  private static Map<String, List<String>> parameters(String query) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
      if (!name.isEmpty()) {
        parameters.computeIfAbsent(name, ignored -> new ArrayList<>()).add(value);
      }
    }
    return parameters;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  String method() {
    return http.method();
  }

  /** Returns that segment of the path, or the empty text. */
  String segment(int index) {
    return index < path.size() ? path.get(index) : "";
  }

  /** Returns the base addressed, or null. */
  @Nullable String baseId() {
    return path.stream().filter(segment -> Ids.wellFormed("app", segment)).findFirst().orElse(null);
  }

  /** Returns the bearer token, or the empty text. */
  String token() {
    String header = http.header("authorization");
    return header != null && header.startsWith(BEARER)
        ? header.substring(BEARER.length()).strip()
        : "";
  }

  String bodyText() {
    return new String(http.body(), StandardCharsets.UTF_8);
  }

  /** Returns the body, which must be a JSON object; throws the API's error. */
  JsonNode json() {
    if (http.body().length > LARGEST_BODY) {
      throw ErrorReply.bodyTooLarge();
    }
    try {
      JsonNode body = http.body().length == 0 ? Json.object() : Json.read(http.body());
      if (body.isObject()) {
        return body;
      }
    } catch (IOException e) {
      throw ErrorReply.unparsableBody();
    }
    throw ErrorReply.invalidRequest();
  }
}
