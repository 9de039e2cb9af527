package io.reconciler.world;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.ResourceLocksProvider;

/**
 * A test class whose processes or worlds are its own: it runs beside the other classes, one class
 * of a lane at a time. It must share nothing with them: no world, no service, no log.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Execution(ExecutionMode.CONCURRENT)
// A class with a lock has its own methods run one after the other.
@ResourceLock(providers = SideBySide.Locks.class)
public @interface SideBySide {

  /** The lane in which it runs. */
  Lane value() default Lane.WAITS;

  /** One class of each at a time. Some stand where the lanes end together by it. */
  enum Lane {
    /** Waits for most of its time: for processes, a browser, time that is up. */
    WAITS,
    /**
     * Plays histories, which keep the machine busy, or must be in time and so not beside these;
     * then whole runs, in a world of this lane.
     */
    PLAYS,
    /** Runs commands between a base and a database of its own. */
    COMMANDS,
    /** Builds the program, starts it anew or ends it. */
    BUILDS,
    /** Runs the engine in the world of this lane, which spares the one of those without a lane. */
    RUNS
  }

  /** The lock of a class's lane. */
  final class Locks implements ResourceLocksProvider {

    @Override
    public Set<Lock> provideForClass(Class<?> testClass) {
      return Set.of(new Lock("lane " + testClass.getAnnotation(SideBySide.class).value()));
    }

    @Override
    public Set<Lock> provideForNestedClass(
        List<Class<?>> enclosingInstanceTypes, Class<?> testClass) {
      return Set.of();
    }
  }
}
