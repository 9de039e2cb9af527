package io.reconciler.program.boot;

import java.io.InputStream;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.impl.engine.DefaultClassResolver;

/**
 * Camel looks for a factory of its own for each kind of node and each language, and for most there
 * is none: each context of a test would look through every jar again, three times. What one of this
 * JVM did not find none finds.
 */
final class KnownAbsences extends DefaultClassResolver {

  private static final Set<String> ABSENT = ConcurrentHashMap.newKeySet();

  @Override
  public InputStream loadResourceAsStream(String uri) {
    boolean factory = uri.startsWith("META-INF/services/org/apache/camel/");
    if (factory && ABSENT.contains(uri)) {
      return null;
    }
    InputStream found = super.loadResourceAsStream(uri);
    if (factory && found == null) {
      ABSENT.add(uri);
    }
    return found;
  }
}
