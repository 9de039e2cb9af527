package io.reconciler.program.boot;

import io.reconciler.engine.apply.NewKeys;
import io.reconciler.engine.apply.PageCounts;
import io.reconciler.engine.apply.Pages;
import io.reconciler.engine.apply.Refusals;
import io.reconciler.engine.apply.RunChanges;
import io.reconciler.engine.apply.SameRecords;
import io.reconciler.engine.apply.link.Links;
import io.reconciler.engine.apply.unique.Collisions;
import io.reconciler.engine.budget.Admission;
import io.reconciler.engine.budget.Spending;
import io.reconciler.engine.guard.ChangedBase;
import io.reconciler.engine.guard.FirstAgreement;
import io.reconciler.engine.process.Stopping;
import io.reconciler.engine.pull.Drift;
import io.reconciler.engine.pull.FieldLookup;
import io.reconciler.engine.pull.FieldSigns;
import io.reconciler.engine.pull.NamesCheck;
import io.reconciler.engine.pull.PullStage;
import io.reconciler.engine.pull.RecordReads;
import io.reconciler.engine.pull.Sweep;
import io.reconciler.engine.push.PushStage;
import io.reconciler.engine.push.SendTimes;
import io.reconciler.engine.push.UnsendableChanges;
import io.reconciler.engine.repair.Retention;
import io.reconciler.engine.run.ActiveRuns;
import io.reconciler.engine.run.ClientRows;
import io.reconciler.engine.run.LiveRuns;
import io.reconciler.engine.run.RunDeadline;
import io.reconciler.engine.run.RunEnd;
import io.reconciler.engine.run.RunListener;
import io.reconciler.engine.run.StatementNames;
import io.reconciler.settings.Cron;
import io.reconciler.settings.Settings;
import io.reconciler.side.mapping.MappingSet;
import io.reconciler.side.postgres.ConstraintColumns;
import io.reconciler.side.postgres.LeadKey;
import io.reconciler.side.postgres.TableLocks;
import io.reconciler.side.postgres.UniqueKeys;
import io.reconciler.side.postgres.rules.TableAccess;
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
  ClientRows clients() {
    return new ClientRows();
  }

  @Bean
  ActiveRuns activeRuns(
      DataSource database,
      MappingSet mappings,
      Clock clock,
      ObjectProvider<RunListener> listeners,
      Settings settings,
      @Value("${reconciler.sweep-schedule}") String sweeps,
      @Value("${reconciler.lease-ms}") long leaseMillis) {
    Instant now = clock.instant();
    RunDeadline deadline =
        RunDeadline.of(new Cron(settings.schedule()).period(now), new Cron(sweeps).period(now));
    return new ActiveRuns(
        database,
        mappings,
        Duration.ofMillis(leaseMillis),
        deadline,
        clock,
        listeners.orderedStream().toList());
  }

  @Bean
  Spending spending(
      DataSource database,
      Settings settings,
      @Value("${reconciler.sweep-schedule}") String sweeps,
      Clock clock) {
    return new Spending(JdbcClient.create(database), settings, sweeps, clock);
  }

  @Bean
  Admission admission(Spending spending) {
    return new Admission(spending);
  }

  @Bean
  LiveRuns liveRuns(DataSource database, @Value("${reconciler.run-beat-ms}") long beatMillis) {
    return new LiveRuns(JdbcClient.create(database), Duration.ofMillis(beatMillis));
  }

  @Bean
  RunChanges runChanges(Settings settings) {
    return new RunChanges(settings.storage().recordChanges());
  }

  @Bean
  Stopping stopping() {
    return new Stopping();
  }

  @Bean
  RunEnd runEnd(DataSource database) {
    return new RunEnd(database);
  }

  @Bean
  FirstAgreement firstAgreement() {
    return new FirstAgreement();
  }

  @Bean
  ChangedBase changedBase() {
    return new ChangedBase();
  }

  @Bean
  PullStage pullStage(Clock clock) {
    return new PullStage(clock);
  }

  @Bean
  Drift drift(MappingSet mappings, Clock clock) {
    return new Drift(mappings, clock);
  }

  @Bean
  FieldSigns fieldSigns(Clock clock) {
    return new FieldSigns(clock);
  }

  @Bean
  NamesCheck namesCheck() {
    return new NamesCheck();
  }

  @Bean
  FieldLookup fieldLookup(
      LeadKey keys, DataSource database, StatementNames statements, MappingSet mappings) {
    return new FieldLookup(keys, new TableAccess(database), statements, mappings);
  }

  @Bean
  Sweep sweep() {
    return new Sweep();
  }

  @Bean
  RecordReads recordReads() {
    return new RecordReads();
  }

  @Bean
  Pages pages(Settings settings) {
    return new Pages(settings.granularity());
  }

  @Bean
  SameRecords sameRecords() {
    return new SameRecords();
  }

  @Bean
  Collisions collisions(DataSource database) {
    return new Collisions(new UniqueKeys(database));
  }

  @Bean
  Refusals refusals(DataSource database, Collisions collisions) {
    return new Refusals(
        new ConstraintColumns(database),
        new TableLocks(database),
        new TableAccess(database),
        collisions);
  }

  @Bean
  Links links(MappingSet mappings) {
    return new Links(mappings);
  }

  @Bean
  PageCounts pageCounts() {
    return new PageCounts();
  }

  @Bean
  PushStage pushStage(Settings settings, SendTimes times, Clock clock) {
    return new PushStage(settings.gracePeriod(), times, clock);
  }

  @Bean
  SendTimes sendTimes(
      Settings settings, @Value("${reconciler.airtable.retry-delay-ms}") long delayMillis) {
    return new SendTimes(settings.rateLimit(), Duration.ofMillis(delayMillis));
  }

  @Bean
  UnsendableChanges unsendableChanges() {
    return new UnsendableChanges();
  }

  @Bean
  LeadKey leadKey(DataSource database) {
    return new LeadKey(database);
  }

  @Bean
  NewKeys newKeys(LeadKey keys) {
    return new NewKeys(keys);
  }

  @Bean
  Retention retention(DataSource database, MappingSet mappings, Settings settings) {
    return new Retention(JdbcClient.create(database), mappings, settings.storage().retentionDays());
  }
}
