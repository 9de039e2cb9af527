package io.reconciler.service.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reconciler.world.LedgerEdits;
import io.reconciler.world.ServiceWorld;
import io.reconciler.world.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The dashboard and the alert rules use metrics and labels that the service really has. */
class DashboardTest {

  private static final Pattern SELECTOR =
      Pattern.compile("\\b((?:reconciler|camel|jvm|hikaricp)_\\w+)(?:\\{([^}]*)})?");
  private static final Pattern LABEL = Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)\\s*\"");
  private static final Pattern GROUPED = Pattern.compile("by \\(([^)]*)\\)");

  /** Labels that Prometheus adds, or a histogram has on its buckets. */
  private static final Set<String> GIVEN = Set.of("instance", "job", "le");

  @Test
  void every_metric_and_label_exists_in_a_scrape_after_a_run() throws IOException {
    Map<String, Set<String>> there = labels(scrape());
    List<String> expressions = new ArrayList<>(alerts());
    expressions.addAll(panels());
    assertThat(expressions).hasSizeGreaterThan(25);
    for (String expression : expressions) {
      Set<String> known = new TreeSet<>(GIVEN);
      Matcher selector = SELECTOR.matcher(expression);
      while (selector.find()) {
        assertThat(there).as(expression).containsKey(selector.group(1));
        Set<String> own = there.get(selector.group(1));
        known.addAll(own);
        String matchers = selector.group(2) == null ? "" : selector.group(2);
        assertThat(own).as(expression).containsAll(names(LABEL, matchers));
      }
      assertThat(known).as(expression).containsAll(names(GROUPED, expression));
    }
  }

  private static String scrape() {
    ServiceWorld service = ServiceWorld.shared();
    World world = service.world();
    Watched watched = new Watched(service);
    String id = world.leads().create(Map.of("First Name", "Ada"));
    watched.run();
    new LedgerEdits(world).portalNote(id, "a note");
    watched.run();
    return watched.scrape();
  }

  private static Map<String, Set<String>> labels(String scrape) {
    Map<String, Set<String>> labels = new HashMap<>();
    for (String line : scrape.lines().toList()) {
      Matcher sample = Watched.SAMPLE.matcher(line);
      if (sample.matches()) {
        String own = sample.group("labels") == null ? "" : sample.group("labels");
        labels
            .computeIfAbsent(sample.group("name"), name -> new TreeSet<>())
            .addAll(names(LABEL, own));
      }
    }
    return labels;
  }

  private static List<String> names(Pattern pattern, String text) {
    List<String> names = new ArrayList<>();
    Matcher match = pattern.matcher(text);
    while (match.find()) {
      names.addAll(List.of(match.group(1).split(",\\s*")));
    }
    return names;
  }

  private static List<String> alerts() throws IOException {
    Map<String, List<Map<String, List<Map<String, Object>>>>> file =
        new Yaml().load(Files.readString(Path.of("docs/prometheus-alerts.yaml")));
    return file.get("groups").stream()
        .flatMap(group -> group.get("rules").stream())
        .map(rule -> String.valueOf(rule.get("expr")))
        .toList();
  }

  private static List<String> panels() throws IOException {
    JsonNode dashboard =
        new ObjectMapper().readTree(Files.readString(Path.of("docs/grafana-dashboard.json")));
    return dashboard.findValuesAsText("expr");
  }
}
