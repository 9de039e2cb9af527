package io.reconciler.service.admin;

import io.reconciler.engine.repair.LedgerReader;
import io.reconciler.settings.Settings;
import io.reconciler.side.mapping.MappingSet;
import io.reconciler.side.postgres.BriefWaits;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the routes of the operators call. */
@Configuration(proxyBeanMethods = false)
public class AdminConfiguration {

  @Bean
  RunAdmission runAdmission(DataSource database) {
    return new RunAdmission(BriefWaits.on(database));
  }

  @Bean
  LedgerLists ledgerLists(DataSource database, MappingSet mappings, Clock clock) {
    JdbcClient jdbc = BriefWaits.on(database);
    return new LedgerLists(new LedgerReader(jdbc, mappings), jdbc, mappings, clock);
  }

  @Bean
  SettleAnswers settling() {
    return new SettleAnswers();
  }

  @Bean
  DeltaSync deltaSync(Settings settings) {
    return new DeltaSync(settings.lookbackMinutes());
  }
}
