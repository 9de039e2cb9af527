package io.reconciler.app;

import io.reconciler.apply.RecordConverter;
import io.reconciler.conflict.ConflictLedger;
import io.reconciler.conflict.ConflictRepairs;
import io.reconciler.conflict.ConflictRequests;
import io.reconciler.deadletter.DeadLetterLedger;
import io.reconciler.deadletter.DeadLetterRetries;
import io.reconciler.mapping.Mapping;
import io.reconciler.pull.PullStage;
import io.reconciler.pull.Rereads;
import io.reconciler.push.PushNow;
import io.reconciler.push.SendTimes;
import io.reconciler.settings.Settings;
import io.reconciler.store.LeadStatements;
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
  ConflictRequests conflictRequests(ConflictLedger ledger, Mapping mapping, Clock clock) {
    return new ConflictRequests(ledger, mapping, clock);
  }

  @Bean
  ConflictRepairs conflictRepairs(
      ConflictLedger ledger, Mapping mapping, RecordConverter converter, Clock clock) {
    return new ConflictRepairs(ledger, mapping, converter, clock);
  }

  @Bean
  DeadLetterLedger deadLetterLedger(DataSource database) {
    return new DeadLetterLedger(JdbcClient.create(database));
  }

  @Bean
  DeadLetterRetries deadLetterRetries(DeadLetterLedger ledger, Clock clock) {
    return new DeadLetterRetries(ledger, clock);
  }

  @Bean
  Rereads rereads(RecordConverter converter, Clock clock) {
    return new Rereads(converter, clock);
  }

  @Bean
  Verifications verifications(
      Mapping mapping, RecordConverter converter, PullStage pull, Clock clock, Settings settings) {
    return new Verifications(mapping, converter, pull, clock, settings.gracePeriod());
  }

  @Bean
  PushNow pushNow(Mapping mapping, SendTimes times, Clock clock) {
    return new PushNow(mapping, times, clock);
  }

  // A named statement of the routes: sql:ref:portalEdit.
  @Bean
  String portalEdit(LeadStatements statements) {
    return statements.portalEdit();
  }
}
