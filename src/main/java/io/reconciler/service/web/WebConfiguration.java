package io.reconciler.service.web;

import io.reconciler.service.api.DatabaseErrors;
import io.reconciler.settings.Settings;
import java.time.Clock;
import org.apache.camel.CamelContext;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/** The beans of the web server. */
@Configuration(proxyBeanMethods = false)
@Import(WebThreads.class)
public class WebConfiguration {

  @Bean
  LoginPage loginPage() {
    return new LoginPage();
  }

  @Bean
  OpenApiPage openApiPage(
      OpenApiDocument document, Tokens tokens, ObjectProvider<JwtDecoder> issuer) {
    return new OpenApiPage(document, issuer.getIfAvailable() == null ? tokens : null);
  }

  @Bean
  OpenApiDocument openApiDocument(CamelContext context) {
    return new OpenApiDocument(context);
  }

  @Bean
  @Order(Ordered.HIGHEST_PRECEDENCE)
  RequestCount requestCount(@Value("${server.tomcat.threads.max}") int threads, Clock clock) {
    return new RequestCount(threads, clock);
  }

  @Bean
  WebHealth webHealthIndicator(RequestCount requests) {
    return WebHealth.ready(requests);
  }

  @Bean
  WebHealth webAliveHealthIndicator(RequestCount requests) {
    return WebHealth.alive(requests);
  }

  @Bean
  RoutesHealth routesHealthIndicator(CamelContext camel) {
    return new RoutesHealth(camel);
  }

  // Before the security filters: who asks need not be known.
  @Bean
  @Order(Ordered.HIGHEST_PRECEDENCE + 1)
  RoutesFilter routesFilter(CamelContext context) {
    return new RoutesFilter(context);
  }

  @Bean
  DatabaseFailures databaseFailures(DatabaseErrors database) {
    return new DatabaseFailures(database);
  }

  @Bean
  ServerRules serverRules(Settings settings) {
    return new ServerRules(settings, false);
  }

  @Bean
  ErrorAnswers errorAnswers(DatabaseErrors database) {
    return new ErrorAnswers(database);
  }
}
