package io.reconciler.world;

import ch.qos.logback.classic.LoggerContext;
import java.util.ConcurrentModificationException;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;
import org.springframework.boot.logging.LogFile;
import org.springframework.boot.logging.LoggingInitializationContext;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.logging.LoggingSystemFactory;
import org.springframework.boot.logging.logback.LogbackLoggingSystem;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;

/**
 * Contexts that start side by side in one JVM set its logging up one after the other: two at once
 * read half of {@code logback.xml}. A program starts one. Where logging is set up already just as a
 * context wants it, it stays as it is, so that whoever listens to the log goes on hearing it.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class LoggingInTurn implements LoggingSystemFactory {

  @Override
  public LoggingSystem getLoggingSystem(ClassLoader classLoader) {
    return new InTurn(classLoader);
  }

  private static final class InTurn extends LogbackLoggingSystem {

    private static final String BOOTS = LogbackLoggingSystem.class.getName();
    private static final Pattern OF_LOGGING =
        Pattern.compile("^(logging|debug$|trace$|reconciler_log)", Pattern.CASE_INSENSITIVE);
    private static final Object TURN = new Object();
    private static final int TRIES = 10;

    /** How logging was set up last. */
    private static String present = "";

    InTurn(ClassLoader classLoader) {
      super(classLoader);
    }

    @Override
    public void beforeInitialize() {
      inTurn(
          () -> {
            super.beforeInitialize();
            heard();
          },
          TRIES);
    }

    // Until a context has set logging up, Boot lets nobody in the JVM log.
    private static void heard() {
      ((LoggerContext) LoggerFactory.getILoggerFactory())
          .getTurboFilterList()
          .removeIf(filter -> filter.getClass().getName().startsWith(BOOTS));
    }

    @Override
    public void initialize(
        LoggingInitializationContext context, String configLocation, LogFile logFile) {
      inTurn(
          () -> {
            String wanted = wanted(context, configLocation, logFile);
            if (!wanted.equals(present)) {
              super.initialize(context, configLocation, logFile);
              present = wanted;
            }
          },
          TRIES);
    }

    private static String wanted(
        LoggingInitializationContext context, String configLocation, LogFile logFile) {
      Map<String, Object> properties = new TreeMap<>();
      if (context.getEnvironment() instanceof ConfigurableEnvironment environment) {
        environment.getPropertySources().stream()
            .filter(EnumerablePropertySource.class::isInstance)
            .map(EnumerablePropertySource.class::cast)
            .forEach(source -> add(source, properties));
      }
      return "%s %s %s".formatted(configLocation, logFile, properties);
    }

    // The first source that has a property counts.
    private static void add(EnumerablePropertySource<?> source, Map<String, Object> properties) {
      for (String name : source.getPropertyNames()) {
        if (OF_LOGGING.matcher(name).find()) {
          properties.putIfAbsent(name, String.valueOf(source.getProperty(name)));
        }
      }
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
