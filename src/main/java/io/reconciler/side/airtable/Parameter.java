package io.reconciler.side.airtable;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.List;
import java.util.stream.Collectors;

/** A query parameter, not yet encoded. */
public record Parameter(String name, String value) {

  static String query(List<Parameter> parameters) {
    return parameters.stream()
        .map(p -> encode(p.name()) + "=" + encode(p.value()))
        .collect(Collectors.joining("&"));
  }

  /** Encodes a text for a path or a query; a blank becomes %20, which is right in both. */
  static String encode(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
