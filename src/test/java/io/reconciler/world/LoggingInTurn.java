package io.reconciler.world;

import org.springframework.boot.logging.LogFile;
import org.springframework.boot.logging.LoggingInitializationContext;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.logging.LoggingSystemFactory;
import org.springframework.boot.logging.logback.LogbackLoggingSystem;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Contexts that start side by side in one JVM set its logging up one after the other: two at once
 * read half of {@code logback.xml}. A program starts one.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class LoggingInTurn implements LoggingSystemFactory {

  @Override
  public LoggingSystem getLoggingSystem(ClassLoader classLoader) {
    return new InTurn(classLoader);
  }

  private static final class InTurn extends LogbackLoggingSystem {

    private static final Object TURN = new Object();

    InTurn(ClassLoader classLoader) {
      super(classLoader);
    }

    @Override
    public void beforeInitialize() {
      synchronized (TURN) {
        super.beforeInitialize();
      }
    }

    @Override
    public void initialize(
        LoggingInitializationContext context, String configLocation, LogFile logFile) {
      synchronized (TURN) {
        super.initialize(context, configLocation, logFile);
      }
    }

    @Override
    public void cleanUp() {
      synchronized (TURN) {
        super.cleanUp();
      }
    }
  }
}
