package io.reconciler.program.boot;

import io.reconciler.settings.Settings;
import io.reconciler.side.mapping.MappingSet;
import io.reconciler.side.postgres.permit.RequestRate;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigUtils;
import org.springframework.core.env.MapPropertySource;

/** What Spring is given to start the routes with, for a command as for the service. */
final class EngineInputs {

  private EngineInputs() {}

  /** The beans that are there before any is made. */
  static ApplicationContextInitializer<ConfigurableApplicationContext> beans(
      Settings settings, MappingSet mappings, DataSource database, Clock clock) {
    return context -> {
      beans(settings, database, clock).initialize(context);
      new MappingBeans(mappings).initialize(context);
    };
  }

  /**
   * Spares Spring the look through the methods of every bean for listeners of its events: the beans
   * of the routes have none.
   */
  static void withoutListeningMethods(ConfigurableApplicationContext context) {
    context.addBeanFactoryPostProcessor(
        beans ->
            ((BeanDefinitionRegistry) beans)
                .removeBeanDefinition(AnnotationConfigUtils.EVENT_LISTENER_PROCESSOR_BEAN_NAME));
  }

  /** The same but for those that follow from the mappings. */
  static ApplicationContextInitializer<ConfigurableApplicationContext> beans(
      Settings settings, DataSource database, Clock clock) {
    return context -> {
      ConfigurableListableBeanFactory beans = context.getBeanFactory();
      beans.registerSingleton("settings", settings);
      beans.registerSingleton("dataSource", database);
      beans.registerSingleton("clock", clock);
    };
  }

  /** What the settings mean for the routes, and what more there is, which wins over it. */
  static ApplicationContextInitializer<ConfigurableApplicationContext> winning(
      Settings settings, Map<String, Object> more) {
    RequestRate rate = RequestRate.of(settings.rateLimit());
    Map<String, Object> properties = new HashMap<>();
    properties.put("reconciler.airtable.permits", rate.permits());
    properties.put("reconciler.airtable.period-ms", rate.period().toMillis());
    properties.putAll(more);
    return winning(properties);
  }

  /** Properties that win over every other source: what the settings decided is decided. */
  static ApplicationContextInitializer<ConfigurableApplicationContext> winning(
      Map<String, Object> properties) {
    return context ->
        context
            .getEnvironment()
            .getPropertySources()
            .addFirst(new MapPropertySource("reconciler", properties));
  }

  /**
   * The place of the program's own file, found by that of this class: on the class path, the
   * application's file of that name comes first.
   */
  static String ownConfiguration() {
    Class<?> own = EngineInputs.class;
    String path = own.getName().replace('.', '/') + ".class";
    String place = String.valueOf(Objects.requireNonNull(own.getClassLoader()).getResource(path));
    return place.substring(0, place.length() - path.length()) + "application.yaml";
  }
}
