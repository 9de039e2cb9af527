package io.reconciler.service.schedule;

import io.reconciler.engine.failure.FailureText;
import io.reconciler.engine.run.ClientOutcome;
import io.reconciler.service.schedule.ScheduledRun.Kind;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.jspecify.annotations.Nullable;
import org.quartz.JobKey;
import org.quartz.ObjectAlreadyExistsException;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.impl.matchers.GroupMatcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The triggers of the active clients: a route on every instance, and a job that all of them share.
 */
public final class ClientSchedules {

  /** The triggers of runs beside the clock's, at most one of each job at a time. */
  private static final String EXTRA = "extra";

  private static final Logger LOG = LoggerFactory.getLogger(ClientSchedules.class);

  private final CamelContext camel;
  private final Scheduler scheduler;
  private final Period period;
  private final Duration again;
  private final Clock clock;
  private final Set<String> known = new HashSet<>();

  /** {@code again} is how long a run that must be made up for waits for a busy client. */
  ClientSchedules(
      CamelContext camel, Scheduler scheduler, Period period, Duration again, Clock clock) {
    this.camel = camel;
    this.scheduler = scheduler;
    this.period = period;
    this.again = again;
    this.clock = clock;
  }

  /**
   * Gives each of these clients its triggers and takes them from all others; a client that is new
   * here and overdue is run at once, by one of the instances. Quartz starts when this is done for
   * the first time. It stops half-way when the service ends meanwhile.
   *
   * @throws Exception when Camel or Quartz can't make or end a trigger
   */
  public synchronized void schedule(List<Map<String, Object>> rows) throws Exception {
    Set<String> active = new HashSet<>();
    for (Map<String, Object> row : rows) {
      String base = Objects.toString(row.get("base"));
      active.add(base);
      schedule(base, pulledUntil(row));
      if (isEnding()) {
        return;
      }
    }
    known.retainAll(active);
    for (Kind kind : Kind.values()) {
      removeOthers(kind, active);
    }
    if (!scheduler.isStarted()) {
      scheduler.start();
    }
  }

  private void schedule(String base, @Nullable Instant pulledUntil) throws Exception {
    for (Kind kind : Kind.values()) {
      ensure(kind, base);
    }
    if (!isEnding() && known.add(base) && period.isOverdue(pulledUntil, clock.instant())) {
      once(Kind.SCHEDULE, base, clock.instant());
    }
  }

  /**
   * Makes the route of a job that is about to run here, if it is a client's and has none yet; says
   * whether there is one.
   *
   * @throws Exception when Camel can't make it
   */
  synchronized boolean ensureRoute(JobKey job) throws Exception {
    for (Kind kind : Kind.values()) {
      if (kind.group().equals(job.getGroup())) {
        if (camel.getRoute(kind.routeId(job.getName())) == null) {
          add(kind, job.getName());
        }
        return true;
      }
    }
    return camel.getRoute(job.getName()) != null;
  }

  /**
   * Has a run come again that must not be left out but found its client busy.
   *
   * @throws SchedulerException when Quartz can't note it
   */
  public void ended(ScheduledRun run, List<ClientOutcome> outcomes) throws SchedulerException {
    if (outcomes.stream().noneMatch(ClientOutcome::busy)) {
      return;
    }
    String base = Objects.requireNonNull(run.request().client());
    LOG.info("{} is being reconciled already: the run of the schedule is left out", base);
    if (run.mustRun()) {
      once(run.kind(), base, clock.instant().plus(again));
    }
  }

  /**
   * Says in one line what kept a trigger from its work, unless that is the end of the service; the
   * next one tries again.
   */
  public void failed(Exception cause) {
    if (!isEnding()) {
      LOG.warn("the schedule could not do its work: {}", FailureText.of(cause));
    }
    LOG.debug("the cause", cause);
  }

  private boolean isEnding() {
    return camel.isStopping() || camel.isStopped();
  }

  private void ensure(Kind kind, String base) throws Exception {
    boolean here = camel.getRoute(kind.routeId(base)) != null;
    if (here && scheduler.checkExists(job(kind, base))) {
      return;
    }
    if (here) {
      remove(kind, base);
    }
    add(kind, base);
  }

  private void add(Kind kind, String base) {
    TemplatedRouteBuilder.builder(camel, kind.template())
        .routeId(kind.routeId(base))
        .parameter("base", base)
        .add();
  }

  private void removeOthers(Kind kind, Set<String> active) throws Exception {
    Set<String> others = new HashSet<>();
    scheduler
        .getJobKeys(GroupMatcher.jobGroupEquals(kind.group()))
        .forEach(key -> others.add(key.getName()));
    String prefix = kind.routeId("");
    camel.getRoutes().stream()
        .map(route -> route.getRouteId())
        .filter(id -> id.startsWith(prefix))
        .forEach(id -> others.add(id.substring(prefix.length())));
    others.removeAll(active);
    for (String base : others) {
      remove(kind, base);
      scheduler.deleteJob(job(kind, base));
    }
  }

  // The endpoint too: it remembers that its job was made, and would not make it again.
  private void remove(Kind kind, String base) throws Exception {
    String id = kind.routeId(base);
    if (camel.getRoute(id) != null) {
      camel.getRouteController().stopRoute(id);
      camel.removeRoute(id);
    }
    camel.removeEndpoints("quartz://" + kind.group() + "/" + base + "*");
  }

  private void once(Kind kind, String base, Instant at) throws SchedulerException {
    Trigger trigger =
        TriggerBuilder.newTrigger()
            .withIdentity(kind.routeId(base), EXTRA)
            .forJob(job(kind, base))
            .startAt(Date.from(at))
            .build();
    try {
      scheduler.scheduleJob(trigger);
    } catch (ObjectAlreadyExistsException e) {
      LOG.debug("another instance has seen to {} already", trigger.getKey());
    }
  }

  private static JobKey job(Kind kind, String base) {
    return new JobKey(base, kind.group());
  }

  private static @Nullable Instant pulledUntil(Map<String, Object> row) {
    return row.get("pulled_until") instanceof Timestamp time ? time.toInstant() : null;
  }
}
