package io.reconciler.program.boot;

import io.reconciler.settings.Settings;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.MappingSet;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.camel.spi.InterceptStrategy;
import org.springframework.context.ApplicationContext;

/** Starts the engine for tests: pauses are short, the rest is as a command has it. */
public final class TestEngine {

  private TestEngine() {}

  /** The engine on the system's clock; more properties go before its own. */
  public static Engine start(
      Settings settings, Mapping mapping, DataSource database, Map<String, Object> more) {
    return start(settings, MappingSet.of(mapping), database, more);
  }

  /** The same for several tables. */
  public static Engine start(
      Settings settings, MappingSet mappings, DataSource database, Map<String, Object> more) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("reconciler.airtable.rate-limit-pause-ms", 50);
    properties.put("reconciler.airtable.retry-delay-ms", 1);
    properties.putAll(more);
    return Engine.start(settings, mappings, database, Clock.systemUTC(), properties);
  }

  /** The engine on another clock, with an eye on every node of its routes. */
  public static Engine start(
      Settings settings,
      Mapping mapping,
      DataSource database,
      Clock clock,
      InterceptStrategy watcher) {
    return start(settings, MappingSet.of(mapping), database, clock, watcher);
  }

  /** The same for several tables. */
  public static Engine start(
      Settings settings,
      MappingSet mappings,
      DataSource database,
      Clock clock,
      InterceptStrategy watcher) {
    return Engine.start(
        settings,
        mappings,
        database,
        clock,
        Map.of(
            "reconciler.airtable.rate-limit-pause-ms", 1,
            "reconciler.airtable.retry-delay-ms", 1),
        context -> context.getBeanFactory().registerSingleton("watcher", watcher));
  }

  /** Its Spring context. */
  public static ApplicationContext context(Engine engine) {
    return engine.context();
  }
}
