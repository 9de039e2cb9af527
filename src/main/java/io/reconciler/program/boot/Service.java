package io.reconciler.program.boot;

import io.reconciler.engine.process.Stopping;
import io.reconciler.engine.run.ActiveRuns;
import io.reconciler.program.lifecycle.Termination;
import io.reconciler.settings.Settings;
import io.reconciler.side.mapping.MappingSet;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.slf4j.LoggerFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;

/** The service: the same routes as a command's, with the schedule and the web server. */
public final class Service implements AutoCloseable {

  private static final String ROUTES = "${reconciler.command-routes},${reconciler.service-routes}";
  private static final String NOTICE_CLOCK = ",${reconciler.notice-routes}";

  private final ConfigurableApplicationContext context;
  private final Stopping stopping;
  private final ActiveRuns runs;
  private final Duration within;
  private final Termination termination;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook = new Thread(this::close, "close");

  private Service(ConfigurableApplicationContext context) {
    this.context = context;
    this.stopping = context.getBean(Stopping.class);
    this.runs = context.getBean(ActiveRuns.class);
    this.within = Engine.stopWithin(context);
    this.termination = context.getBean(StartWatch.class).termination();
  }

  /**
   * Starts it; it is up when this returns.
   *
   * @param database stays the caller's to close
   * @param more properties that win over those of the settings
   */
  public static Service start(
      Settings settings,
      MappingSet mappings,
      DataSource database,
      Clock clock,
      Map<String, Object> more) {
    Map<String, Object> properties = properties(settings);
    properties.putAll(more);
    TrimmedVariables.only();
    Service service =
        new Service(
            new SpringApplicationBuilder(ServiceApplication.class)
                .web(WebApplicationType.SERVLET)
                // Its own would wait for the end of a start that nobody wants any more.
                .registerShutdownHook(false)
                .listeners(new TrimmedVariables())
                .properties(Verbosity.kept())
                .initializers(
                    EngineInputs.beans(settings, mappings, database, clock),
                    EngineInputs.winning(settings, properties))
                .run(Verbosity.arguments(settings)));
    service.endWithContext();
    service.endWithProcess();
    return service;
  }

  private static Map<String, Object> properties(Settings settings) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("server.port", settings.serverPort());
    properties.put("management.server.port", settings.managementPort());
    properties.put("management.server.address", settings.managementAddress().getHostAddress());
    properties.put("server.address", settings.serverAddress().getHostAddress());
    properties.put("reconciler.schedule", settings.schedule());
    properties.put("reconciler.refresh-schedule", settings.refreshSchedule());
    properties.put("reconciler.routes", settings.notices().isOn() ? ROUTES + NOTICE_CLOCK : ROUTES);
    properties.put("camel.main.jmx-enabled", true);
    properties.put("spring.jmx.enabled", true);
    if (settings.watching().traces() != null) {
      properties.put("reconciler.monitor.traces", true);
    }
    return properties;
  }

  private void endWithContext() {
    context.addApplicationListener(
        event -> {
          // The management port's own context, a child, says so of itself as well.
          if (event instanceof ContextClosedEvent closing
              && closing.getApplicationContext() == context) {
            endRuns();
          }
        });
  }

  private void endWithProcess() {
    termination.begin();
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process ends already, and has begun nothing that is to be ended in order.
      stopping.ask();
      termination.close();
    }
  }

  // Spring stops web server, routes and pool only after this.
  private void endRuns() {
    stopping.ask();
    rest();
    runs.awaitNone(Termination.forRuns(within));
  }

  // Other instances take the triggers that are still to come.
  private void rest() {
    try {
      context.getBean(Scheduler.class).standby();
    } catch (SchedulerException e) {
      LoggerFactory.getLogger(Service.class).warn("the scheduler does not rest", e);
    }
  }

  /** The page's port; negative when the web server is gone. */
  public int port() {
    WebServer server = ((ServletWebServerApplicationContext) context).getWebServer();
    return server == null ? -1 : server.getPort();
  }

  /** Where the page is, seen from this machine; none when the process was asked to end already. */
  public Optional<String> page() {
    if (stopping.isAsked() || !context.isActive()) {
      return Optional.empty();
    }
    Ssl tls = context.getBean(ServerProperties.class).getSsl();
    int port = port();
    return port < 0
        ? Optional.empty()
        : Optional.of("%s://127.0.0.1:%d/".formatted(Ssl.isEnabled(tls) ? "https" : "http", port));
  }

  /** The Spring context, for tests. */
  ConfigurableApplicationContext context() {
    return context;
  }

  /** Returns when the process was asked to end and nothing of the service is left at work. */
  public void await() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    context.close();
    closed.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process ends already, and this may be the hook.
    }
  }
}
