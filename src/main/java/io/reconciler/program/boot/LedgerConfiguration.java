package io.reconciler.program.boot;

import io.reconciler.engine.pull.PullStage;
import io.reconciler.engine.pull.Rereads;
import io.reconciler.engine.push.PushNow;
import io.reconciler.engine.push.SendTimes;
import io.reconciler.engine.repair.ConflictLedger;
import io.reconciler.engine.repair.ConflictRepairs;
import io.reconciler.engine.repair.ConflictRequests;
import io.reconciler.engine.repair.DeadLetterLedger;
import io.reconciler.engine.repair.DeadLetterRetries;
import io.reconciler.engine.run.RunEnd;
import io.reconciler.engine.verify.Verifications;
import io.reconciler.settings.Settings;
import io.reconciler.side.mapping.MappingSet;
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
  Verifications verifications(
      MappingSet mappings, PullStage pull, RunEnd ends, Clock clock, Settings settings) {
    return new Verifications(mappings, pull, ends, clock, settings.gracePeriod());
  }

  @Bean
  PushNow pushNow(SendTimes times, Clock clock) {
    return new PushNow(times, clock);
  }
}
