package io.reconciler.program.boot;

import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.SpringProperties;
import org.springframework.core.env.AbstractEnvironment;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Shows Spring the variables of the process as the settings take them: without white space around a
 * value, and a blank one as not set. By itself it takes them as they stand, before anybody else
 * reads them.
 */
public final class TrimmedVariables
    implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

  private static final String SOURCE = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;

  /** An environment of the variables and Java's properties alone. */
  public static ConfigurableEnvironment environment() {
    StandardEnvironment environment = new StandardEnvironment();
    trim(environment);
    return environment;
  }

  /**
   * Leaves Spring no other way to the variables, in the whole process: the management port has an
   * environment of its own, whose variables would win over what the settings decided.
   */
  static void only() {
    SpringProperties.setFlag(AbstractEnvironment.IGNORE_GETENV_PROPERTY_NAME);
  }

  @Override
  public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
    trim(event.getEnvironment());
  }

  // Before Boot reads any: files of configuration, the levels of logging.
  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  private static void trim(ConfigurableEnvironment environment) {
    environment
        .getPropertySources()
        .replace(SOURCE, new SystemEnvironmentPropertySource(SOURCE, of(System.getenv())));
  }

  /** The variables that count as set, without the white space around their values. */
  static Map<String, Object> of(Map<String, String> variables) {
    Map<String, Object> trimmed = new HashMap<>();
    variables.forEach(
        (name, value) -> {
          if (!value.isBlank()) {
            trimmed.put(name, value.strip());
          }
        });
    return trimmed;
  }
}
