package io.reconciler.service.api;

import io.reconciler.settings.Settings;
import io.reconciler.side.mapping.MappingSet;
import io.reconciler.side.postgres.rules.LeadsTable;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the first and the last step of every endpoint call. */
@Configuration(proxyBeanMethods = false)
public class ApiConfiguration {

  @Bean
  ApiRequests apiRequests() {
    return new ApiRequests();
  }

  @Bean
  TableProblems tableProblems(DataSource database, MappingSet mappings, Settings settings) {
    return new TableProblems(
        () -> new LeadsTable(database, mappings, settings.storage().users()), System::nanoTime);
  }

  @Bean
  DatabaseErrors databaseErrors(TableProblems problems) {
    return new DatabaseErrors(problems);
  }

  @Bean
  ApiAnswers apiAnswers(DatabaseErrors database) {
    return new ApiAnswers(database);
  }
}
