package io.reconciler.world;

import java.util.ConcurrentModificationException;
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
    private static final int TRIES = 10;

    InTurn(ClassLoader classLoader) {
      super(classLoader);
    }

    @Override
    public void beforeInitialize() {
      inTurn(super::beforeInitialize, TRIES);
    }

    @Override
    public void initialize(
        LoggingInitializationContext context, String configLocation, LogFile logFile) {
      inTurn(() -> super.initialize(context, configLocation, logFile), TRIES);
    }

    @Override
    public void cleanUp() {
      inTurn(super::cleanUp, TRIES);
    }

    // The metrics of a service that starts or ends meanwhile come and go among the listeners of
    // the log, in nobody's turn: then it is done from its beginning once more.
    private static void inTurn(Runnable work, int tries) {
      synchronized (TURN) {
        try {
          work.run();
        } catch (RuntimeException e) {
          if (tries == 1 || !isDisturbed(e)) {
            throw e;
          }
          inTurn(work, tries - 1);
        }
      }
    }

    private static boolean isDisturbed(RuntimeException e) {
      return e instanceof ConcurrentModificationException
          || e.getCause() instanceof ConcurrentModificationException;
    }
  }
}
