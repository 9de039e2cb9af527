package io.reconciler.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reconciler.run.Schedule;
import io.reconciler.sandbox.SandboxTable;
import io.reconciler.world.ServiceWorld;
import io.reconciler.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.quartz.QuartzComponent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.impl.matchers.GroupMatcher;

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

    fire("weekly-sweep");

    awaitRuns(2);
    assertThat(world.lead(gone)).containsEntry("is_active", false);
  }

  @Test
  void without_an_active_client_nothing_happens() {
    world.jdbc().sql("update clients set is_active = false").update();

    service
        .service()
        .context()
        .getBean(ProducerTemplate.class)
        .requestBody("direct:scheduled-run", new Schedule(20).run());

    assertThat(world.count("select count(*) from reconciler.run")).isZero();
  }

  private void fire(String trigger) throws SchedulerException {
    CamelContext camel = service.service().context().getBean(CamelContext.class);
    Scheduler quartz = camel.getComponent("quartz", QuartzComponent.class).getScheduler();
    JobKey job =
        quartz.getJobKeys(GroupMatcher.anyJobGroup()).stream()
            .filter(key -> key.getName().equals(trigger))
            .findFirst()
            .orElseThrow();
    quartz.triggerJob(job);
  }

  private void awaitRuns(int runs) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                world.count("select count(*) from reconciler.run where outcome = 'succeeded'")
                    == runs);
  }
}
