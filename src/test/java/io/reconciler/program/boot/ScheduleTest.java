package io.reconciler.program.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reconciler.sandbox.table.SandboxField;
import io.reconciler.sandbox.table.SandboxTable;
import io.reconciler.service.schedule.Schedule;
import io.reconciler.world.ServiceWorld;
import io.reconciler.world.World;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.quartz.CamelJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quartz.JobBuilder;
import org.quartz.JobExecutionContext;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerKey;
import org.quartz.impl.matchers.GroupMatcher;
import org.quartz.listeners.JobListenerSupport;

/** The triggers of the service, fired by hand instead of by the clock. */
class ScheduleTest {

  private ServiceWorld service;
  private World world;
  private SandboxTable leads;

  @BeforeEach
  void fresh() {
    service = ServiceWorld.shared();
    world = service.world();
    leads = world.leads();
  }

  @Test
  void the_first_scheduled_run_of_a_client_lists_every_record() throws SchedulerException {
    String id = leads.create(Instant.now().minus(Duration.ofDays(30)), Map.of("First Name", "Ada"));
    leads.setModified(id, Instant.now().minus(Duration.ofDays(30)));

    fire("schedule");

    awaitRuns(1);
    assertThat(world.lead(id)).containsEntry("first_name", "Ada");
    assertThat(world.count("select count(*) from reconciler.watermark")).isEqualTo(1);
    assertThat(world.count("select count(*) from reconciler.run where trigger = 'schedule'"))
        .isEqualTo(1);
  }

  @Test
  void the_weekly_sweep_deactivates_the_lead_of_a_deleted_record() throws SchedulerException {
    leads.create(Map.of("First Name", "Ada"));
    String gone = leads.create(Map.of("First Name", "Bea"));
    world.fullSync();
    leads.delete(gone);

    fire("sweep");

    awaitRuns(2);
    assertThat(world.lead(gone)).containsEntry("is_active", false);
  }

  @Test
  void the_refresh_brings_a_computed_value_that_changed_without_a_modification()
      throws SchedulerException {
    leads.removeField("Booked");
    leads.addField(SandboxField.of("Booked", "formula"));
    String id = leads.create(Map.of("First Name", "Ada", "Booked", 0));
    world.fullSync();
    leads.update(id, Map.of("Booked", 1));
    // As Airtable does when it calculates a field anew: the record counts as unmodified.
    leads.setModified(id, Instant.now().minus(Duration.ofHours(3)));
    world.sync();
    assertThat(world.lead(id)).containsEntry("booked", false);
    Object updatedAt = world.lead(id).get("updated_at");

    service
        .service()
        .context()
        .getBean(ProducerTemplate.class)
        .sendBody("direct:scheduled-refresh", "nothing that could be refreshed");
    fire("refresh");

    awaitRuns(3);
    assertThat(world.lead(id)).containsEntry("booked", true).containsEntry("updated_at", updatedAt);
  }

  @Test
  void without_an_active_client_nothing_happens() {
    world.jdbc().sql("update clients set is_active = false").update();

    service
        .service()
        .context()
        .getBean(ProducerTemplate.class)
        .requestBody("direct:scheduled-run", new Schedule(20).run(world.baseId(), null));

    assertThat(world.count("select count(*) from reconciler.run")).isZero();
  }

  @Test
  void a_client_that_is_added_gets_its_triggers_and_one_that_is_deactivated_loses_them()
      throws SchedulerException {
    lookForClients();
    assertThat(triggers(world.baseId())).containsExactlyInAnyOrder("schedule", "sweep", "refresh");

    world.jdbc().sql("update clients set is_active = false").update();
    lookForClients();
    assertThat(triggers(world.baseId())).isEmpty();

    world.jdbc().sql("update clients set is_active = true").update();
    lookForClients();
    assertThat(triggers(world.baseId())).containsExactlyInAnyOrder("schedule", "sweep", "refresh");
  }

  @Test
  void a_trigger_that_another_instance_made_runs_here_before_this_one_has_looked()
      throws Exception {
    String id = leads.create(Map.of("First Name", "Ada"));
    lookForClients();
    CamelContext camel = service.service().context().getBean(CamelContext.class);
    String route = "client-schedule-" + world.baseId();
    camel.getRouteController().stopRoute(route);
    camel.removeRoute(route);
    camel.removeEndpoints("quartz://schedule/" + world.baseId() + "*");

    quartz().triggerJob(new JobKey(world.baseId(), "schedule"));

    awaitRuns(1);
    assertThat(world.lead(id)).containsEntry("first_name", "Ada");
  }

  @Test
  void a_job_that_is_gone_from_the_store_is_made_again() throws SchedulerException {
    lookForClients();
    quartz().deleteJob(new JobKey(world.baseId(), "schedule"));

    lookForClients();

    assertThat(triggers(world.baseId())).containsExactlyInAnyOrder("schedule", "sweep", "refresh");
  }

  @Test
  void a_database_that_can_not_be_asked_is_a_line_in_the_log_and_the_triggers_stay()
      throws SchedulerException {
    lookForClients();
    world.jdbc().sql("alter table clients rename to clients_away").update();
    try {
      lookForClients();
      assertThat(scheduledRun().getException()).isNull();
    } finally {
      world.jdbc().sql("alter table clients_away rename to clients").update();
    }

    assertThat(triggers(world.baseId())).containsExactlyInAnyOrder("schedule", "sweep", "refresh");
  }

  @Test
  void a_sweep_that_finds_its_client_busy_comes_again() throws Exception {
    lookForClients();
    try (Connection other = world.database().getConnection();
        PreparedStatement lock =
            other.prepareStatement(
                "select pg_advisory_lock(hashtextextended('reconciler client ' || ?, 0))")) {
      lock.setString(1, world.clientId().toString());
      lock.execute();
      quartz().triggerJob(new JobKey(world.baseId(), "sweep"));

      await().until(() -> triggers("client-sweep-" + world.baseId()).contains("extra"));
      other.createStatement().execute("select pg_advisory_unlock_all()");
    }
    assertThat(world.count("select count(*) from reconciler.run")).isZero();
  }

  @Test
  void another_schedule_is_taken_over_at_the_next_start() throws SchedulerException {
    Map<String, Object> before = named("reconciler.schedule", "0 0 0 1 1 ? 2098");
    try (TestService earlier = start(before)) {
      lookForClients(earlier);
      assertThat(next(earlier)).isEqualTo(Instant.parse("2098-01-01T00:00:00Z"));
    }
    Map<String, Object> after = named("reconciler.schedule", "0 30 0 1 1 ? 2098");
    try (TestService later = start(after)) {
      lookForClients(later);
      assertThat(next(later)).isEqualTo(Instant.parse("2098-01-01T00:30:00Z"));
    }
  }

  private static Map<String, Object> named(String property, Object value) {
    return Map.of(
        property, value, "spring.quartz.properties.org.quartz.scheduler.instanceName", "restarted");
  }

  private TestService start(Map<String, Object> properties) {
    return TestService.start(
        world.settings(), world.mapping(), world.database(), Clock.systemUTC(), properties);
  }

  private Instant next(TestService instance) throws SchedulerException {
    return instance
        .context()
        .getBean(Scheduler.class)
        .getTrigger(new TriggerKey(world.baseId(), "schedule"))
        .getNextFireTime()
        .toInstant();
  }

  @Test
  void a_job_that_no_route_here_works_on_is_left_out() throws SchedulerException {
    JobKey job = new JobKey("notice-clock", "reconciler");
    List<JobKey> leftOut = new CopyOnWriteArrayList<>();
    quartz()
        .getListenerManager()
        .addJobListener(
            new JobListenerSupport() {
              @Override
              public String getName() {
                return "left-out";
              }

              @Override
              public void jobExecutionVetoed(JobExecutionContext context) {
                leftOut.add(context.getJobDetail().getKey());
              }
            });
    quartz()
        .addJob(JobBuilder.newJob(CamelJob.class).withIdentity(job).storeDurably().build(), true);
    try {
      quartz().triggerJob(job);
      await().until(() -> leftOut.contains(job));
      // Its trigger goes by itself, and must not be met half way.
      await().until(() -> quartz().getTriggersOfJob(job).isEmpty());
    } finally {
      quartz().deleteJob(job);
      quartz().getListenerManager().removeJobListener("left-out");
    }
  }

  private Exchange scheduledRun() {
    return service
        .service()
        .context()
        .getBean(ProducerTemplate.class)
        .request(
            "direct:scheduled-run",
            exchange -> exchange.getMessage().setBody(new Schedule(20).run(world.baseId(), null)));
  }

  private void lookForClients() {
    lookForClients(service.service());
  }

  private static void lookForClients(TestService instance) {
    instance.context().getBean(ProducerTemplate.class).sendBody("direct:schedule-clients", "");
  }

  private List<String> triggers(String base) throws SchedulerException {
    return quartz().getTriggerKeys(GroupMatcher.anyTriggerGroup()).stream()
        .filter(key -> key.getName().equals(base))
        .map(TriggerKey::getGroup)
        .toList();
  }

  private Scheduler quartz() {
    return service.service().context().getBean(Scheduler.class);
  }

  private void fire(String trigger) throws SchedulerException {
    lookForClients();
    quartz().triggerJob(new JobKey(world.baseId(), trigger));
  }

  private void awaitRuns(int runs) {
    await()
        .until(
            () ->
                world.count("select count(*) from reconciler.run where outcome = 'succeeded'")
                    == runs);
  }
}
