package io.reconciler.engine.door;

import io.reconciler.engine.run.ActiveRuns;
import io.reconciler.engine.run.RequestListener;
import io.reconciler.settings.Secret;
import io.reconciler.settings.Settings;
import io.reconciler.side.postgres.permit.RequestPermits;
import io.reconciler.side.postgres.permit.RequestRate;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.spi.RoutesBuilderLoader;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/** The components that the routes stand on. */
@Configuration(proxyBeanMethods = false)
public class CamelConfiguration {

  @Bean
  PlatformTransactionManager transactionManager(DataSource database) {
    return new DataSourceTransactionManager(database);
  }

  @Bean
  RequestPermits requestPermits(DataSource database, Settings settings) {
    return new RequestPermits(JdbcClient.create(database), RequestRate.of(settings.rateLimit()));
  }

  @Bean
  AirtableDoor airtableDoor(
      Settings settings,
      RequestPermits permits,
      Clock clock,
      ObjectProvider<RequestListener> listeners,
      @Value("${reconciler.airtable.rate-limit-pause-ms}") long pauseMillis) {
    Secret token = Objects.requireNonNull(settings.airtableApiKey(), "AIRTABLE_API_KEY");
    return new AirtableDoor(
        settings.airtableApiUrl(),
        token,
        settings.baseTokens(),
        permits,
        Duration.ofMillis(pauseMillis),
        clock,
        System::nanoTime,
        listeners.orderedStream().toList());
  }

  @Bean
  EarlierFailures earlierFailures() {
    return new EarlierFailures();
  }

  // Apache HttpClient would repeat a request by itself, past the rate limit and our own count. What
  // it does last, with the connection in its hands, is to see that the lock may still be ours and
  // that
  // what the request was decided on is not too old.
  @Bean
  HttpClientConfigurer noRetries(
      ActiveRuns runs,
      AirtableDoor door,
      @Value("${reconciler.airtable.largest-answer-bytes}") long mostBytes,
      @Value("${reconciler.airtable.whole-answer-ms}") long longest) {
    AnswerBounds bounds = new AnswerBounds(mostBytes, Duration.ofMillis(longest));
    return builder ->
        bounds
            .hold(builder)
            .disableAutomaticRetries()
            .disableCookieManagement()
            .addRequestInterceptorLast(
                (request, entity, context) -> {
                  runs.ensureLeased();
                  door.ensureInTime();
                });
  }

  @Bean(name = RouteFiles.NAME, initMethod = "start", destroyMethod = "stop")
  RoutesBuilderLoader routeFiles(CamelContext camel) {
    return new RouteFiles(camel);
  }

  @Bean
  CamelContextConfiguration bodiesWithoutParameters() {
    return new BodiesWithoutParameters();
  }

  @Bean
  CamelContextConfiguration preparedStatements() {
    return new PreparedStatements();
  }

  @Bean
  CamelContextConfiguration noErrorHandler() {
    return new NoErrorHandler();
  }

  // Threads beside those of the runs: a page asked for ahead, pages being applied, and updates on
  // the
  // way side by side.
  @Bean(destroyMethod = "shutdown")
  ExecutorService sideThreads() {
    AtomicInteger count = new AtomicInteger();
    return Executors.newCachedThreadPool(
        work -> {
          Thread thread = new Thread(work, "side-" + count.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }

  @Bean
  PagesAhead pagesAhead(ProducerTemplate routes, ExecutorService sideThreads) {
    return new PagesAhead(routes, sideThreads);
  }

  @Bean
  PagesBeside pagesBeside(ProducerTemplate routes, ExecutorService sideThreads) {
    return new PagesBeside(routes, sideThreads);
  }

  @Bean
  AggregationStrategy firstFailure() {
    return new FirstFailure();
  }

  @Bean
  AggregationStrategy appliedPages() {
    return new AppliedPages();
  }
}
