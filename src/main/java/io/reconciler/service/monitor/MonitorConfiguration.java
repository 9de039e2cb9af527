package io.reconciler.service.monitor;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Everything that watches the service. */
@Configuration(proxyBeanMethods = false)
@Import({MetricsConfiguration.class, HealthConfiguration.class, TracingConfiguration.class})
public class MonitorConfiguration {}
