package io.reconciler.admin;

import io.reconciler.settings.Settings;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the routes of the operators call. */
@Configuration(proxyBeanMethods = false)
public class AdminConfiguration {

  @Bean
  Triggers triggers(DataSource database) {
    return new Triggers(JdbcClient.create(database));
  }

  @Bean
  DeltaSync deltaSync(Settings settings) {
    return new DeltaSync(settings.lookbackMinutes());
  }
}
