package io.reconciler.service.monitor;

import io.reconciler.engine.budget.Spending;
import io.reconciler.service.api.TableProblems;
import io.reconciler.settings.Settings;
import io.reconciler.side.airtable.AirtableRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.quartz.QuartzComponent;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts of the service's health; the name of each is its bean's without {@code Health}. */
@Configuration(proxyBeanMethods = false)
class HealthConfiguration {

  @Bean
  Freshness freshness(Settings settings, Clock clock) {
    return new Freshness(settings.schedule(), clock);
  }

  @Bean
  FreshnessHealth freshnessHealthIndicator(
      WatchedClients clients, Freshness freshness, Spending spending) {
    return new FreshnessHealth(clients, freshness, spending);
  }

  // In place of Boot's own, which looks for an answer alone.
  @Bean
  DatabaseHealth dbHealthIndicator(DataSource database) {
    return new DatabaseHealth(database);
  }

  @Bean
  TablesHealth tablesHealthIndicator(TableProblems tables) {
    return new TablesHealth(tables);
  }

  @Bean
  ScheduleHealth scheduleHealthIndicator(
      ObjectProvider<CamelContext> camel, @Qualifier("machineClock") Clock clock) {
    return new ScheduleHealth(
        () -> camel.getObject().getComponent("quartz", QuartzComponent.class).getScheduler(),
        clock);
  }

  @Bean
  AirtableHealth airtableHealthIndicator(
      WatchedClients clients,
      ObjectProvider<ProducerTemplate> routes,
      Clock clock,
      @Value("${reconciler.monitor.airtable-good-ms}") long goodMillis,
      @Value("${reconciler.monitor.airtable-patience-ms}") long patienceMillis) {
    Consumer<AirtableRequest> door = request -> ask(routes.getObject(), request);
    return new AirtableHealth(
        clients, door, Duration.ofMillis(goodMillis), Duration.ofMillis(patienceMillis), clock);
  }

  private static void ask(ProducerTemplate routes, AirtableRequest request) {
    try {
      routes.requestBody("direct:airtable-api", request);
    } catch (CamelExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }
}
