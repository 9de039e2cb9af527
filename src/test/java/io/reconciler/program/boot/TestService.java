package io.reconciler.program.boot;

import io.reconciler.settings.Settings;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.MappingSet;
import io.reconciler.world.PatientWaits;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.springframework.context.ApplicationContext;

/**
 * Starts the service for tests: on free ports, with short pauses and a schedule that never comes.
 */
public final class TestService implements AutoCloseable {

  private static final AtomicInteger STARTED = new AtomicInteger();

  /** How much of the routes JMX shows. */
  public static final String NODES_IN_JMX = "camel.main.jmxManagementMBeansLevel";

  private final Service service;

  private TestService(Service service) {
    this.service = service;
  }

  /** The service on this clock; more properties win. */
  public static TestService start(
      Settings settings,
      Mapping mapping,
      DataSource database,
      Clock clock,
      Map<String, Object> more) {
    return start(settings, MappingSet.of(mapping), database, clock, more);
  }

  /** The same with several tables. */
  public static TestService start(
      Settings settings,
      MappingSet mappings,
      DataSource database,
      Clock clock,
      Map<String, Object> more) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("server.port", 0);
    properties.put("management.server.port", 0);
    properties.put("server.address", "127.0.0.1");
    // Two services in one process would register the same names.
    properties.put("spring.jmx.enabled", false);
    // A bean for each node, route and endpoint is a third of a start, and only the console shows
    // them.
    properties.put(NODES_IN_JMX, "ContextOnly");
    // Quartz knows the pool of a scheduler by its name, once in a process.
    properties.put(
        "spring.quartz.properties.org.quartz.scheduler.instanceName",
        "test-" + STARTED.incrementAndGet());
    properties.put("reconciler.schedule", "0 0 0 1 1 ? 2099");
    properties.put("reconciler.refresh-schedule", "0 0 0 1 1 ? 2099");
    properties.put("reconciler.notices.schedule", "0 0 0 1 1 ? 2099");
    properties.put("reconciler.airtable.rate-limit-pause-ms", 50);
    properties.put("reconciler.airtable.retry-delay-ms", 1);
    properties.put("reconciler.monitor.clients-good-ms", 0);
    // One that nobody closes ends with the tests, and may take its time: it is not to cut them off.
    properties.put("reconciler.stop-within-ms", PatientWaits.PATIENCE.toMillis());
    properties.putAll(more);
    return new TestService(Service.start(settings, mappings, database, clock, properties));
  }

  /** The port of API and pages. */
  public int port() {
    return service.port();
  }

  /** Where it says that its page is. */
  public Optional<String> page() {
    return service.page();
  }

  /** Its Spring context. */
  public ApplicationContext context() {
    return service.context();
  }

  @Override
  public void close() {
    service.close();
  }
}
