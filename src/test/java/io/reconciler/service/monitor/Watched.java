package io.reconciler.service.monitor;

import io.reconciler.engine.run.ClientOutcome;
import io.reconciler.engine.run.RunRequest;
import io.reconciler.engine.run.Trigger;
import io.reconciler.world.ServiceWorld;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.ProducerTemplate;

/** A service that is up, seen from its management port. */
final class Watched {

  private final ServiceWorld service;

  Watched(ServiceWorld service) {
    this.service = service;
  }

  /** A run of every active client in the process of the service. */
  List<ClientOutcome> run() {
    return run(new RunRequest(Trigger.API, "test", 20, null, false, false, false));
  }

  /** A run in the process of the service. */
  List<ClientOutcome> run(RunRequest request) {
    Object outcomes =
        service
            .service()
            .context()
            .getBean(ProducerTemplate.class)
            .requestBody("direct:reconcile", request);
    return ((List<?>) outcomes).stream().map(ClientOutcome.class::cast).toList();
  }

  /** An answer of the management port; no login. */
  HttpResponse<String> get(String path) {
    return service.send(request(path).build());
  }

  /** The same, for a user with the password of all. */
  HttpResponse<String> get(String path, String email) {
    return service.send(request(path).header("Authorization", basic(email)).build());
  }

  /** A request to the management port. */
  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path));
  }

  /** The header of a login. */
  static String basic(String email) {
    byte[] login = (email + ":" + ServiceWorld.PASSWORD).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(login);
  }

  String port() {
    return String.valueOf(
        service.service().context().getEnvironment().getProperty("local.management.port"));
  }

  /** What Prometheus would read. */
  String scrape() {
    return get("/actuator/prometheus").body();
  }

  /** The value of a series, written as Prometheus does but for the order of the labels. */
  static double value(String scrape, String name, String... labels) {
    for (String line : scrape.lines().toList()) {
      Matcher sample = SAMPLE.matcher(line);
      if (sample.matches()
          && sample.group("name").equals(name)
          && List.of(labels).stream().allMatch(label -> line.contains(label))) {
        return Double.parseDouble(sample.group("value"));
      }
    }
    throw new AssertionError("no series " + name + List.of(labels) + " in\n" + scrape);
  }

  static final Pattern SAMPLE =
      Pattern.compile("(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\\{(?<labels>.*)})? (?<value>\\S+)");
}
