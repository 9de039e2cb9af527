package io.reconciler.service.monitor;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.reconciler.settings.Secret;
import io.reconciler.settings.Settings;
import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Traces, where an endpoint for them is configured. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("reconciler.monitor.traces")
class TracingConfiguration {

  private static final String NAME = "reconciler";

  // Its end sends what was not sent yet.
  @Bean(destroyMethod = "close")
  SdkTracerProvider tracerProvider(Settings settings) {
    OtlpHttpSpanExporterBuilder exporter =
        OtlpHttpSpanExporter.builder().setEndpoint(settings.watching().traces() + "/v1/traces");
    Secret headers = settings.watching().tracesHeaders();
    if (headers != null) {
      for (String header : headers.reveal().split(",", -1)) {
        int equals = header.indexOf('=');
        exporter.addHeader(header.substring(0, equals), header.substring(equals + 1));
      }
    }
    return SdkTracerProvider.builder()
        .setResource(
            Resource.getDefault()
                .merge(
                    Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), NAME))))
        .addSpanProcessor(BatchSpanProcessor.builder(exporter.build()).build())
        .build();
  }

  @Bean
  RunTraces runTraces(SdkTracerProvider provider, Clock clock) {
    return new RunTraces(provider.get(NAME), clock);
  }

  @Bean
  RouteSpans routeSpans(RunTraces traces) {
    return new RouteSpans(traces);
  }
}
