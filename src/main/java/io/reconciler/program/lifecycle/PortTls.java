package io.reconciler.program.lifecycle;

import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.ssl.PropertiesSslBundle;
import org.springframework.boot.autoconfigure.ssl.SslProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.core.env.ConfigurableEnvironment;

/** The TLS that Spring Boot will give a port, for the time before Spring Boot starts. */
final class PortTls {

  private final ConfigurableEnvironment environment;

  /** As the bundles of this environment say. */
  PortTls(ConfigurableEnvironment environment) {
    this.environment = environment;
    ConfigurationPropertySources.attach(environment);
  }

  /** For the port whose settings begin like this; null when it has none. */
  @Nullable SSLContext of(String prefix) {
    String name = environment.getProperty(prefix + ".ssl.bundle");
    return name == null ? null : bundle(name).createSslContext();
  }

  private SslBundle bundle(String name) {
    SslProperties.Bundles bundles =
        Binder.get(environment).bindOrCreate("spring.ssl", SslProperties.class).getBundle();
    if (bundles.getPem().containsKey(name)) {
      return PropertiesSslBundle.get(bundles.getPem().get(name));
    }
    if (bundles.getJks().containsKey(name)) {
      return PropertiesSslBundle.get(bundles.getJks().get(name));
    }
    throw new IllegalStateException("there is no SSL bundle " + name);
  }
}
