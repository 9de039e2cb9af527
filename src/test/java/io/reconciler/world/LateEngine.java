package io.reconciler.world;

import io.reconciler.program.boot.Engine;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An engine that is started when it is first asked for: a start is a good part of many tests. */
final class LateEngine implements AutoCloseable {

  private final Supplier<Engine> starter;
  private @Nullable Engine engine;

  LateEngine(Supplier<Engine> starter) {
    this.starter = starter;
  }

  synchronized Engine started() {
    if (engine == null) {
      engine = starter.get();
    }
    return engine;
  }

  @Override
  public synchronized void close() {
    if (engine != null) {
      engine.close();
    }
  }
}
