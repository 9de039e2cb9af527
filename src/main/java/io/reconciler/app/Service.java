package io.reconciler.app;

import io.reconciler.mapping.Mapping;
import io.reconciler.settings.Settings;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;

/** The service: the same routes as a command's, with the schedule and the web server. */
final class Service implements AutoCloseable {

  private static final String ROUTES = "${reconciler.command-routes},${reconciler.service-routes}";
  private static final String NOTICE_CLOCK = ",${reconciler.notice-routes}";

  private final ConfigurableApplicationContext context;
  private final CountDownLatch closed = new CountDownLatch(1);

  private Service(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /**
   * Starts it; it is up when this returns.
   *
   * @param database stays the caller's to close
   * @param more properties that win over those of the settings
   */
  static Service start(
      Settings settings,
      Mapping mapping,
      DataSource database,
      Clock clock,
      Map<String, Object> more) {
    Map<String, Object> properties = new HashMap<>(Engine.properties(settings));
    properties.put("server.port", settings.serverPort());
    properties.put("management.server.port", settings.managementPort());
    properties.put("reconciler.schedule", settings.schedule());
    properties.put("reconciler.routes", settings.notices().isOn() ? ROUTES + NOTICE_CLOCK : ROUTES);
    properties.put("camel.main.jmx-enabled", true);
    properties.put("spring.jmx.enabled", true);
    properties.putAll(more);
    Service service =
        new Service(
            new SpringApplicationBuilder(ServiceApplication.class)
                .web(WebApplicationType.SERVLET)
                .initializers(
                    Engine.beans(settings, mapping, database, clock), Engine.winning(properties))
                .run());
    service.context.addApplicationListener(
        event -> {
          if (event instanceof ContextClosedEvent) {
            service.closed.countDown();
          }
        });
    return service;
  }

  /** The port of the page. */
  int port() {
    return ((ServletWebServerApplicationContext) context).getWebServer().getPort();
  }

  /** The Spring context, for tests. */
  ConfigurableApplicationContext context() {
    return context;
  }

  /** Returns when the service is stopped. */
  void await() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    context.close();
  }
}
