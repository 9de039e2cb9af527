package io.reconciler.app;

import io.reconciler.mapping.Mapping;
import io.reconciler.settings.Settings;
import java.time.Clock;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.context.ApplicationContext;

/** Starts the engine for tests: pauses are short, the rest is as a command has it. */
public final class TestEngine {

  private TestEngine() {}

  /** The engine on the system's clock. */
  public static Engine start(Settings settings, Mapping mapping, DataSource database) {
    return Engine.start(
        settings,
        mapping,
        database,
        Clock.systemUTC(),
        Map.of(
            "reconciler.airtable.rate-limit-pause-ms", 50,
            "reconciler.airtable.retry-delay-ms", 1));
  }

  /** Its Spring context. */
  public static ApplicationContext context(Engine engine) {
    return engine.context();
  }
}
