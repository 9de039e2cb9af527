package io.reconciler.program.boot;

import io.reconciler.engine.budget.Spending;
import io.reconciler.engine.door.RouteCalls;
import io.reconciler.engine.process.Stopping;
import io.reconciler.engine.repair.RetryAll;
import io.reconciler.engine.repair.SettleRequest;
import io.reconciler.engine.repair.SettleResult;
import io.reconciler.engine.run.ActiveRuns;
import io.reconciler.engine.run.Client;
import io.reconciler.engine.run.ClientOutcome;
import io.reconciler.engine.run.ProgressListener;
import io.reconciler.engine.run.Run;
import io.reconciler.engine.run.RunEnd;
import io.reconciler.engine.run.RunRequest;
import io.reconciler.engine.verify.VerifyOutcome;
import io.reconciler.program.lifecycle.Termination;
import io.reconciler.settings.Settings;
import io.reconciler.side.airtable.AirtableAnswer;
import io.reconciler.side.airtable.AirtableRequest;
import io.reconciler.side.mapping.MappingSet;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.camel.ProducerTemplate;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** The routes, started: everything that a command or a trigger can ask of them. */
public final class Engine implements AutoCloseable {

  private final ConfigurableApplicationContext context;
  private final RouteCalls routes;

  private Engine(ConfigurableApplicationContext context) {
    this.context = context;
    this.routes = new RouteCalls(context.getBean(ProducerTemplate.class));
  }

  /**
   * Starts the routes for a command: no web server, no triggers.
   *
   * @param database stays the caller's to close
   */
  public static Engine start(
      Settings settings,
      MappingSet mappings,
      DataSource database,
      Clock clock,
      Map<String, Object> more) {
    return start(settings, mappings, database, clock, more, context -> {});
  }

  /**
   * The same while the database is made ready, which is waited for as late as can be. What that
   * fails with is thrown as it is.
   */
  public static Engine start(
      Settings settings, MappingSet mappings, DataSource database, Preparation ready, Clock clock) {
    MappingBeans beans = new MappingBeans(mappings, ready);
    try {
      return new Engine(
          application(settings, database, clock)
              .properties(Verbosity.kept())
              .initializers(EngineInputs.winning(settings, Map.of()), beans)
              .run(Verbosity.arguments(settings)));
    } catch (SpringApplication.AbandonedRunException e) {
      throw beans.failure(e);
    }
  }

  /** The same, with further beans. */
  static Engine start(
      Settings settings,
      MappingSet mappings,
      DataSource database,
      Clock clock,
      Map<String, Object> more,
      ApplicationContextInitializer<ConfigurableApplicationContext> furtherBeans) {
    return new Engine(
        application(settings, database, clock)
            .properties(Verbosity.kept())
            .initializers(
                new MappingBeans(mappings), EngineInputs.winning(settings, more), furtherBeans)
            .run(Verbosity.arguments(settings)));
  }

  /**
   * Starts the routes inside another application: configured by the program's own file alone, and
   * with logging as the application has it.
   *
   * @param database stays the caller's to close
   */
  public static Engine embedded(
      Settings settings, MappingSet mappings, DataSource database, Clock clock) {
    SpringApplicationBuilder builder =
        application(settings, database, clock)
            .initializers(new MappingBeans(mappings), EngineInputs.winning(settings, Map.of()));
    SpringApplication application = builder.application();
    application.setListeners(
        application.getListeners().stream()
            .filter(listener -> !(listener instanceof LoggingApplicationListener))
            .toList());
    return new Engine(builder.run("--spring.config.location=" + EngineInputs.ownConfiguration()));
  }

  private static SpringApplicationBuilder application(
      Settings settings, DataSource database, Clock clock) {
    return new SpringApplicationBuilder(CommandApplication.class)
        .web(WebApplicationType.NONE)
        .listeners(new TrimmedVariables())
        .registerShutdownHook(false)
        .initializers(
            EngineInputs::withoutListeningMethods, EngineInputs.beans(settings, database, clock));
  }

  /**
   * Runs the clients of a request, one after the other.
   *
   * @throws io.reconciler.engine.run.NoActiveClientException when there is none
   */
  public List<ClientOutcome> reconcile(RunRequest request, ProgressListener progress) {
    return routes.list("direct:reconcile", request, progress, ClientOutcome.class);
  }

  /**
   * Compares both sides of the clients of a request, one after the other; writes nothing.
   *
   * @throws io.reconciler.engine.run.NoActiveClientException when there is none
   */
  public List<VerifyOutcome> verify(RunRequest request, ProgressListener progress) {
    return routes.list("direct:verify", request, progress, VerifyOutcome.class);
  }

  /** Applies the losing value of a conflict to both sides, unless they have moved on. */
  public SettleResult applyConflict(SettleRequest request) {
    return routes.call("direct:apply-conflict", request, SettleResult.class);
  }

  /** Settles a conflict as it stands. */
  public SettleResult dismissConflict(SettleRequest request) {
    return routes.call("direct:dismiss-conflict", request, SettleResult.class);
  }

  /** Gives a dead letter up until a value changes. */
  public SettleResult discard(SettleRequest request) {
    return routes.call("direct:discard-dead-letter", request, SettleResult.class);
  }

  /** Tries one dead letter again, by the same way. */
  public SettleResult retry(SettleRequest request) {
    return routes.call("direct:retry-dead-letter", request, SettleResult.class);
  }

  /** Tries every open dead letter again. */
  public List<SettleResult> retryAll(RetryAll request) {
    return routes.list("direct:retry-dead-letters", request, SettleResult.class);
  }

  /**
   * Asks Airtable something, through the one door.
   *
   * @throws io.reconciler.side.airtable.AirtableException when it answers with an error
   */
  public AirtableAnswer ask(AirtableRequest request) {
    return routes.call("direct:airtable-api", request, AirtableAnswer.class);
  }

  /** What the requests of this month come to. */
  public Spending spending() {
    return context.getBean(Spending.class);
  }

  /** What came of a run that could not even begin, because of that. */
  public ClientOutcome notBegun(Client client, RunRequest request, Throwable cause) {
    ActiveRuns runs = context.getBean(ActiveRuns.class);
    Run run = runs.of(client, request, ProgressListener.NONE);
    context.getBean(RunEnd.class).fail(run, cause);
    return runs.end(run);
  }

  /** Enters the runs that are active as interrupted, for that reason. */
  public void cutOff(String why) {
    Termination.enterCutOff(context.getBean(ActiveRuns.class), why);
  }

  /** How long runs that are asked to end may take for it. */
  public Duration forRuns() {
    return Termination.forRuns(stopWithin(context));
  }

  /** Watches over the end of the process. */
  public Termination termination() {
    return Termination.watch(
        context.getBean(Stopping.class), context.getBean(ActiveRuns.class), stopWithin(context));
  }

  /** The longest time from a signal to the end of the process. */
  static Duration stopWithin(ApplicationContext context) {
    return Duration.ofMillis(
        context.getEnvironment().getRequiredProperty("reconciler.stop-within-ms", Long.class));
  }

  /** The Spring context, for tests. */
  ApplicationContext context() {
    return context;
  }

  @Override
  public void close() {
    context.close();
  }
}
