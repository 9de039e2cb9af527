package io.reconciler.service.monitor;

import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Everything that watches the service. */
@Configuration(proxyBeanMethods = false)
@Import({MetricsConfiguration.class, HealthConfiguration.class, TracingConfiguration.class})
public class MonitorConfiguration {

  @Bean
  CamelContextConfiguration routeNames() {
    return new RouteNames();
  }
}
