package io.reconciler.world;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * A test class whose processes or worlds are its own: it runs beside the other classes, one such
 * class at a time. It must share nothing with them: no world, no service, no log.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Execution(ExecutionMode.CONCURRENT)
// A class with a lock has its own methods run one after the other.
@ResourceLock("the lane of the classes that wait")
public @interface SideBySide {}
