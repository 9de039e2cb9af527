package io.reconciler.service.web;

import io.reconciler.settings.Networks;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a trusted proxy says of a request: of each header the last word, which is the proxy's own.
 *
 * @param address the client's, the last that is no trusted proxy's; null: none is told
 * @param host with its port, if one is told
 */
record Forwarded(
    @Nullable String address,
    @Nullable String scheme,
    @Nullable String host,
    @Nullable String port) {

  /** The headers that nobody but a trusted proxy may set. */
  static final List<String> HEADERS =
      List.of(
          "Forwarded",
          "X-Forwarded-For",
          "X-Forwarded-Proto",
          "X-Forwarded-Host",
          "X-Forwarded-Port",
          "X-Forwarded-Prefix",
          "X-Forwarded-Ssl",
          "X-Real-IP");

  private static final Pattern PORT = Pattern.compile(":\\d+$");
  private static final Pattern HOST =
      Pattern.compile("[A-Za-z0-9.-]+(:\\d{1,5})?|\\[[0-9a-fA-F:.]+](:\\d{1,5})?");

  /** Reads them; each header's values are joined by commas, null when there are none. */
  static Forwarded of(UnaryOperator<@Nullable String> header, Networks trusted) {
    Map<String, List<String>> said = new HashMap<>();
    put(said, "for", header.apply("X-Forwarded-For"));
    put(said, "proto", header.apply("X-Forwarded-Proto"));
    put(said, "host", header.apply("X-Forwarded-Host"));
    put(said, "port", header.apply("X-Forwarded-Port"));
    String standard = header.apply("Forwarded");
    if (said.isEmpty() && standard != null) {
      readStandard(said, standard);
    }
    String scheme = last(said.get("proto"));
    String host = last(said.get("host"));
    String port = last(said.get("port"));
    return new Forwarded(
        client(said.getOrDefault("for", List.of()), trusted),
        scheme != null && ("https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme))
            ? scheme.toLowerCase(Locale.ROOT)
            : null,
        host != null && HOST.matcher(host).matches() ? host : null,
        port != null && port.matches("\\d{1,5}") ? port : null);
  }

  /** Whether it came by TLS. */
  boolean isSecure() {
    return "https".equals(scheme);
  }

  private static void put(Map<String, List<String>> said, String name, @Nullable String values) {
    if (values != null) {
      said.put(name, Arrays.stream(values.split(",")).map(String::strip).toList());
    }
  }

  // for=192.0.2.60;proto=https;host=example.com, for="[2001:db8::1]:4711"
  private static void readStandard(Map<String, List<String>> said, String text) {
    said.putAll(
        Arrays.stream(text.split("[,;]"))
            .map(pair -> pair.strip().split("=", 2))
            .filter(pair -> pair.length == 2)
            .collect(
                Collectors.groupingBy(
                    pair -> pair[0].toLowerCase(Locale.ROOT),
                    Collectors.mapping(
                        pair -> pair[1].replace("\"", "").strip(), Collectors.toList()))));
  }

  private static @Nullable String client(List<String> hops, Networks trusted) {
    String nearest = null;
    for (int i = hops.size() - 1; i >= 0; i--) {
      String address = bare(hops.get(i));
      if (!Networks.isAddress(address)) {
        return nearest;
      }
      nearest = address;
      if (!trusted.contains(address)) {
        return nearest;
      }
    }
    return nearest;
  }

  // Without a port, and an IPv6 address without its brackets.
  private static String bare(String hop) {
    if (hop.startsWith("[")) {
      return hop.substring(1, Math.max(1, hop.indexOf(']')));
    }
    return hop.indexOf(':') == hop.lastIndexOf(':') ? PORT.matcher(hop).replaceFirst("") : hop;
  }

  private static @Nullable String last(@Nullable List<String> values) {
    return values == null || values.isEmpty() ? null : values.get(values.size() - 1);
  }
}
