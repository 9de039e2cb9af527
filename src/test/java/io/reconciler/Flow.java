package io.reconciler;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A route that others call, and the line before it: the body that it takes, the properties that its
 * caller must have set ("?" after one that may be missing), the body that it leaves ("-" for none
 * that matters).
 */
record Flow(String id, String line, JsonNode route) {

  static final Pattern LINE = Pattern.compile("# in: ([^;]+); needs: ([^;]+); out: ([^;]+)");

  private static final Pattern ROUTE =
      Pattern.compile("(?m)^(.*)\n- route:\n    id: ([\\w-]+)$", Pattern.MULTILINE);

  /** All of them, by their ids; triggers, which nobody calls, are none. */
  static Map<String, Flow> all() throws IOException {
    Map<String, String> lines = new LinkedHashMap<>();
    for (Path file : RoutesTest.files()) {
      Matcher route = ROUTE.matcher(Files.readString(file));
      while (route.find()) {
        lines.put(route.group(2), route.group(1));
      }
    }
    Map<String, Flow> flows = new LinkedHashMap<>();
    for (JsonNode route : RoutesTest.routes()) {
      String id = route.path("id").asText();
      if (route.path("from").path("uri").asText().startsWith("direct:")) {
        flows.put(id, new Flow(id, lines.getOrDefault(id, ""), route));
      }
    }
    return flows;
  }

  /** What its line says that it takes; several of "A or B". */
  List<String> in() {
    return List.of(part(1).split(" or "));
  }

  /** What its line says that its caller must have set. */
  String needs() {
    return part(2);
  }

  /** Whether its line says that it leaves the body as it was. */
  boolean leavesBody() {
    return part(3).equals("the same");
  }

  private String part(int group) {
    Matcher parts = LINE.matcher(line);
    return parts.matches() ? parts.group(group) : "";
  }

  @Override
  public String toString() {
    return id;
  }
}
