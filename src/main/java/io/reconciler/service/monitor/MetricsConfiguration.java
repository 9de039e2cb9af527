package io.reconciler.service.monitor;

import io.micrometer.core.instrument.MeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.reconciler.engine.run.RequestListener;
import io.reconciler.engine.run.RunListener;
import io.reconciler.settings.Settings;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The metrics of the service. */
@Configuration(proxyBeanMethods = false)
class MetricsConfiguration {

  @Bean
  WatchedClients watchedClients(
      DataSource database,
      Clock clock,
      @Value("${reconciler.monitor.clients-good-ms}") long goodMillis) {
    return new WatchedClients(JdbcClient.create(database), Duration.ofMillis(goodMillis), clock);
  }

  @Bean
  RunListener runMetrics(MeterRegistry meters) {
    return new RunMetrics(meters);
  }

  @Bean
  RequestListener requestMetrics(MeterRegistry meters) {
    return new RequestMetrics(meters);
  }

  @Bean
  RouteMetrics routeMetrics(MeterRegistry meters) {
    return new RouteMetrics(meters);
  }

  @Bean
  Gauges gauges(
      WatchedClients clients,
      Settings settings,
      Clock clock,
      ObjectProvider<PrometheusRegistry> prometheus) {
    Gauges gauges = new Gauges(clients, settings.watching().monthlyQuota(), clock);
    prometheus.ifAvailable(registry -> registry.register(gauges));
    return gauges;
  }
}
