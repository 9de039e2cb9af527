package io.reconciler.app;

import io.reconciler.conflict.ConflictLedger;
import io.reconciler.conflict.ConflictRepairs;
import io.reconciler.conflict.ConflictRequests;
import io.reconciler.deadletter.DeadLetterLedger;
import io.reconciler.deadletter.DeadLetterRetries;
import io.reconciler.mapping.MappingSet;
import io.reconciler.pull.PullStage;
import io.reconciler.pull.Rereads;
import io.reconciler.push.PushNow;
import io.reconciler.push.SendTimes;
import io.reconciler.settings.Settings;
import io.reconciler.verify.Verifications;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the routes of the ledgers and of the comparison call. */
@Configuration(proxyBeanMethods = false)
class LedgerConfiguration {

  @Bean
  ConflictLedger conflictLedger(DataSource database) {
    return new ConflictLedger(JdbcClient.create(database));
  }

  @Bean
  ConflictRequests conflictRequests(ConflictLedger ledger, MappingSet mappings, Clock clock) {
    return new ConflictRequests(ledger, mappings, clock);
  }

  @Bean
  ConflictRepairs conflictRepairs(ConflictLedger ledger, Clock clock) {
    return new ConflictRepairs(ledger, clock);
  }

  @Bean
  DeadLetterLedger deadLetterLedger(DataSource database, MappingSet mappings) {
    return new DeadLetterLedger(JdbcClient.create(database), mappings);
  }

  @Bean
  DeadLetterRetries deadLetterRetries(DeadLetterLedger ledger, MappingSet mappings, Clock clock) {
    return new DeadLetterRetries(ledger, mappings, clock);
  }

  @Bean
  Rereads rereads(Clock clock) {
    return new Rereads(clock);
  }

  @Bean
  Verifications verifications(MappingSet mappings, PullStage pull, Clock clock, Settings settings) {
    return new Verifications(mappings, pull, clock, settings.gracePeriod());
  }

  @Bean
  PushNow pushNow(SendTimes times, Clock clock) {
    return new PushNow(times, clock);
  }
}
