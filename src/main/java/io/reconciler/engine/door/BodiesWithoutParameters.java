package io.reconciler.engine.door;

import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.TypeConverter;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.apache.camel.support.TypeConverterSupport;
import org.jspecify.annotations.Nullable;

/**
 * Lets Camel remember that no body of ours is a map. For each parameter of a statement camel-sql
 * asks twice for the body as one, and a conversion that is only tried and fails is looked for
 * through all type converters every time: a third of what a run computed.
 */
final class BodiesWithoutParameters implements CamelContextConfiguration {

  @Override
  public void beforeApplicationStart(CamelContext camel) {
    camel.getTypeConverterRegistry().addTypeConverter(Map.class, Object.class, new NoMap());
  }

  @Override
  public void afterApplicationStart(CamelContext camel) {
    // Nothing to do.
  }

  private static final class NoMap extends TypeConverterSupport {

    // Camel takes this value for "can't be converted", and keeps the converter that gave it.
    @Override
    @SuppressWarnings("unchecked")
    public <T> T convertTo(Class<T> type, @Nullable Exchange exchange, @Nullable Object body) {
      return (T) TypeConverter.MISS_VALUE;
    }
  }
}
