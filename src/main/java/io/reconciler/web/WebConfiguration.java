package io.reconciler.web;

import java.time.Clock;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The beans of the web server. */
@Configuration(proxyBeanMethods = false)
@Import(WebThreads.class)
public class WebConfiguration {

  @Bean
  OverviewPage overviewPage(DataSource database, Clock clock) {
    return new OverviewPage(JdbcClient.create(database), clock);
  }

  @Bean
  OpenApiDocument openApiDocument(CamelContext context) {
    return new OpenApiDocument(context);
  }

  @Bean
  ErrorAnswers errorAnswers() {
    return new ErrorAnswers();
  }
}
