package io.reconciler.app;

import io.reconciler.apply.PageCounts;
import io.reconciler.apply.PagePlanner;
import io.reconciler.apply.Pages;
import io.reconciler.apply.RecordConverter;
import io.reconciler.apply.RecordPlanner;
import io.reconciler.apply.Refusals;
import io.reconciler.apply.RunChanges;
import io.reconciler.ledger.Retention;
import io.reconciler.mapping.Mapping;
import io.reconciler.pull.Drift;
import io.reconciler.pull.FieldLookup;
import io.reconciler.pull.PullStage;
import io.reconciler.pull.RecordReads;
import io.reconciler.pull.Sweep;
import io.reconciler.push.GoneLeads;
import io.reconciler.push.PushStage;
import io.reconciler.push.SendTimes;
import io.reconciler.run.ActiveRuns;
import io.reconciler.run.Clients;
import io.reconciler.run.FirstAgreement;
import io.reconciler.run.LiveRuns;
import io.reconciler.run.RunDeadline;
import io.reconciler.run.RunFailure;
import io.reconciler.run.RunListener;
import io.reconciler.run.Stopping;
import io.reconciler.schedule.Cron;
import io.reconciler.settings.Settings;
import io.reconciler.store.ConstraintColumns;
import io.reconciler.store.LeadKey;
import io.reconciler.store.LeadStatements;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the routes call: one bean for each part of a run. */
@Configuration(proxyBeanMethods = false)
class EngineConfiguration {

  @Bean
  RecordConverter recordConverter(Mapping mapping) {
    return new RecordConverter(mapping);
  }

  @Bean
  Clients clients() {
    return new Clients();
  }

  @Bean
  ActiveRuns activeRuns(
      DataSource database,
      Clock clock,
      ObjectProvider<RunListener> listeners,
      Settings settings,
      @Value("${reconciler.sweep-schedule}") String sweeps,
      @Value("${reconciler.lease-ms}") long leaseMillis) {
    RunDeadline deadline =
        RunDeadline.of(period(settings.schedule(), clock), period(sweeps, clock));
    return new ActiveRuns(
        database,
        Duration.ofMillis(leaseMillis),
        deadline,
        clock,
        listeners.orderedStream().toList());
  }

  // A schedule that never comes again has no period.
  private static Duration period(String schedule, Clock clock) {
    Cron cron = new Cron(schedule);
    Instant next = cron.after(clock.instant());
    Instant afterNext = next == null ? null : cron.after(next);
    return next == null || afterNext == null ? Duration.ZERO : Duration.between(next, afterNext);
  }

  @Bean
  LiveRuns liveRuns(DataSource database, @Value("${reconciler.run-beat-ms}") long beatMillis) {
    return new LiveRuns(JdbcClient.create(database), Duration.ofMillis(beatMillis));
  }

  @Bean
  RunChanges runChanges(Settings settings, Mapping mapping) {
    return new RunChanges(settings.storage().recordChanges(), mapping);
  }

  @Bean
  Stopping stopping() {
    return new Stopping();
  }

  @Bean
  RunFailure runFailure() {
    return new RunFailure();
  }

  @Bean
  FirstAgreement firstAgreement() {
    return new FirstAgreement();
  }

  @Bean
  PullStage pullStage(Mapping mapping, RecordConverter converter, Clock clock) {
    return new PullStage(mapping, converter, clock);
  }

  @Bean
  Drift drift(Mapping mapping, Clock clock) {
    return new Drift(mapping, clock);
  }

  @Bean
  FieldLookup fieldLookup(Mapping mapping) {
    return new FieldLookup(mapping);
  }

  @Bean
  Sweep sweep(Mapping mapping) {
    return new Sweep(mapping);
  }

  @Bean
  RecordReads recordReads(Mapping mapping) {
    return new RecordReads(mapping);
  }

  @Bean
  Pages pages(Mapping mapping, Settings settings) {
    RecordPlanner records = new RecordPlanner(mapping, settings.granularity());
    return new Pages(mapping, new PagePlanner(mapping, records));
  }

  @Bean
  Refusals refusals(Mapping mapping, DataSource database) {
    return new Refusals(mapping, new ConstraintColumns(database));
  }

  @Bean
  PageCounts pageCounts(Mapping mapping) {
    return new PageCounts(mapping);
  }

  @Bean
  PushStage pushStage(
      Mapping mapping, RecordConverter converter, Settings settings, SendTimes times, Clock clock) {
    return new PushStage(mapping, converter, settings.gracePeriod(), times, clock);
  }

  @Bean
  SendTimes sendTimes(
      Settings settings, @Value("${reconciler.airtable.retry-delay-ms}") long delayMillis) {
    return new SendTimes(settings.rateLimit(), Duration.ofMillis(delayMillis));
  }

  @Bean
  GoneLeads goneLeads(Mapping mapping) {
    return new GoneLeads(mapping);
  }

  @Bean
  LeadStatements leadStatements(Mapping mapping) {
    return new LeadStatements(mapping);
  }

  // Named statements of the routes: sql:ref:lockLeads and so on.
  @Bean
  String lockLeads(LeadStatements statements) {
    return statements.lock();
  }

  @Bean
  String readLeads(LeadStatements statements) {
    return statements.read();
  }

  @Bean
  String insertLeads(LeadStatements statements) {
    return statements.insert();
  }

  @Bean
  String insertUnkeyedLeads(LeadStatements statements) {
    return statements.insertUnkeyed();
  }

  @Bean
  LeadKey leadKey(DataSource database) {
    return new LeadKey(database);
  }

  @Bean
  String updateLeads(LeadStatements statements) {
    return statements.update();
  }

  @Bean
  String pushCandidates(LeadStatements statements) {
    return statements.candidates();
  }

  @Bean
  String everyPushCandidate(LeadStatements statements) {
    return statements.everyCandidate();
  }

  @Bean
  String duePushCandidates(LeadStatements statements) {
    return statements.dueCandidates();
  }

  @Bean
  Retention retention(DataSource database, Settings settings) {
    return new Retention(JdbcClient.create(database), settings.storage().retentionDays());
  }
}
