package io.reconciler.service.page;

import io.reconciler.engine.budget.Spending;
import io.reconciler.engine.repair.ConflictLedger;
import io.reconciler.engine.repair.DeadLetterLedger;
import io.reconciler.engine.repair.LedgerReader;
import io.reconciler.service.user.UserTable;
import io.reconciler.settings.Settings;
import io.reconciler.side.mapping.MappingSet;
import io.reconciler.side.postgres.BriefWaits;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.apache.camel.ProducerTemplate;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.resource.ResourceUrlEncodingFilter;

/** The beans of the pages. */
@Configuration(proxyBeanMethods = false)
public class PageConfiguration {

  @Bean
  PageParts pageParts(DataSource database, MappingSet mappings, ProducerTemplate template) {
    return PageParts.of(BriefWaits.on(database), mappings, template);
  }

  // Links of pages name no files: each of them would be looked for in every jar, most of a page's
  // time.
  @Bean
  FilterRegistrationBean<ResourceUrlEncodingFilter> resourceUrlEncodingFilter() {
    FilterRegistrationBean<ResourceUrlEncodingFilter> none =
        new FilterRegistrationBean<>(new ResourceUrlEncodingFilter());
    none.setEnabled(false);
    return none;
  }

  @Bean
  ShellAdvice shellAdvice(PageParts parts) {
    return new ShellAdvice(parts.jdbc());
  }

  @Bean
  OverviewController overviewController(
      PageParts parts, Settings settings, Spending spending, Clock clock) {
    return new OverviewController(parts.jdbc(), parts.mappings(), settings, spending, clock);
  }

  @Bean
  OpenController openController() {
    return new OpenController();
  }

  @Bean
  Followers followers(
      UserTable users, @Value("${reconciler.run-beat-ms}") long beatMillis, Clock clock) {
    return new Followers(users, Duration.ofMillis(beatMillis), clock);
  }

  @Bean
  RunsController runsController(PageParts parts, Followers followers, Clock clock) {
    return new RunsController(
        parts,
        new RunParts(parts.runs(), parts.mappings(), clock),
        new FilterChoices(parts.jdbc()),
        followers);
  }

  @Bean
  SyncController syncController(PageParts parts, Settings settings, Clock clock) {
    return new SyncController(
        parts.routes(),
        parts.runs(),
        new DryRuns(parts.jobs(), parts.routes()),
        parts.threads(),
        settings.lookbackMinutes(),
        clock);
  }

  @Bean
  JobsController jobsController(PageParts parts, Followers followers) {
    return new JobsController(parts.jobs(), new JobViews(parts), followers);
  }

  @Bean
  FilteredLedgers pageLedgers(PageParts parts, Clock clock) {
    return new FilteredLedgers(new LedgerReader(parts.jdbc(), parts.mappings()), parts, clock);
  }

  @Bean
  LedgerActions ledgerActions(PageParts parts, ConflictLedger conflicts, DeadLetterLedger letters) {
    return new LedgerActions(parts.routes(), parts.jobs(), conflicts, letters);
  }

  @Bean
  ConflictsController conflictsController(
      PageParts parts, FilteredLedgers ledgers, LedgerActions actions) {
    return new ConflictsController(ledgers, actions, new FilterChoices(parts.jdbc()));
  }

  @Bean
  DeadLettersController deadLettersController(
      PageParts parts, FilteredLedgers ledgers, LedgerActions actions) {
    return new DeadLettersController(ledgers, actions, new FilterChoices(parts.jdbc()));
  }

  @Bean
  RecordLooks recordLooks(PageParts parts, Clock clock) {
    return new RecordLooks(parts.routes(), clock);
  }

  @Bean
  RecordsController recordsController(PageParts parts, RecordLooks looks) {
    return new RecordsController(parts, looks);
  }

  @Bean
  CheckController checkController(
      PageParts parts, Settings settings, DataSource database, Clock clock) {
    return new CheckController(settings, parts.mappings(), database, parts.routes(), clock);
  }

  @Bean
  VerifyController verifyController(PageParts parts, Followers followers) {
    return new VerifyController(parts, followers);
  }

  @Bean
  TablesController tablesController(PageParts parts) {
    return new TablesController(parts);
  }

  @Bean
  FirstStartController firstStartController(PageParts parts) {
    return new FirstStartController(new FirstStart(parts.routes()));
  }
}
