package io.reconciler.program.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.reconciler.service.schedule.TriggerStore;
import io.reconciler.world.ServiceWorld;
import io.reconciler.world.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.camel.component.quartz.CamelJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobKey;
import org.quartz.ObjectAlreadyExistsException;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.slf4j.LoggerFactory;

/** What Quartz' store promises to instances that make the same triggers at the same time. */
class TriggerStoreTest {

  private static final int INSTANCES = 4;
  private static final int ROUNDS = 20;
  private static final JobKey JOB = new JobKey("one", "trigger-store-test");

  private final ExecutorService instances = Executors.newFixedThreadPool(INSTANCES);
  private Scheduler scheduler;

  @BeforeEach
  void open() throws SchedulerException {
    scheduler = ServiceWorld.shared().service().context().getBean(Scheduler.class);
    scheduler.addJob(job(), true);
  }

  @AfterEach
  void close() throws SchedulerException {
    instances.shutdownNow();
    scheduler.deleteJob(JOB);
  }

  @Test
  void one_of_them_makes_it_and_the_others_are_told_that_it_is_there() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      Trigger trigger = trigger("round-" + round);

      List<Boolean> made = atOnce(() -> made(trigger));

      assertThat(made).containsOnlyOnce(true);
    }
  }

  @Test
  void an_instance_that_left_nothing_undone_is_forgotten_without_a_word() throws Exception {
    World world = ServiceWorld.shared().world();
    Logger store = (Logger) LoggerFactory.getLogger(TriggerStore.class);
    Level before = store.getLevel();
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    store.setLevel(Level.INFO);
    store.addAppender(log);
    try {
      state(world, "ended");
      await().until(() -> known(world, "ended") == 0);
      // Services that start beside this one say with what.
      assertThat(log.list)
          .extracting(ILoggingEvent::getFormattedMessage)
          .noneMatch(line -> line.startsWith("ClusterManager"));

      world
          .jdbc()
          .sql(
              "insert into reconciler.qrtz_fired_triggers (sched_name, entry_id, trigger_name,"
                  + " trigger_group, instance_name, fired_time, sched_time, priority, state)"
                  + " values (?, 'killed-1', 'none', 'none', 'killed', 1, 1, 5, 'ACQUIRED')")
          .param(scheduler.getSchedulerName())
          .update();
      state(world, "killed");
      await().until(() -> known(world, "killed") == 0);
      assertThat(log.list)
          .extracting(ILoggingEvent::getFormattedMessage)
          .anyMatch(line -> line.startsWith("ClusterManager") && line.contains("killed"));
    } finally {
      store.detachAppender(log);
      store.setLevel(before);
    }
  }

  private void state(World world, String instance) throws SchedulerException {
    world
        .jdbc()
        .sql("insert into reconciler.qrtz_scheduler_state values (?, ?, 1, 5000)")
        .params(scheduler.getSchedulerName(), instance)
        .update();
  }

  private static long known(World world, String instance) {
    return world.count(
        "select count(*) from reconciler.qrtz_scheduler_state where instance_name = '%s'"
            .formatted(instance));
  }

  private static JobDetail job() {
    return JobBuilder.newJob(CamelJob.class).withIdentity(JOB).storeDurably().build();
  }

  private static Trigger trigger(String name) {
    return TriggerBuilder.newTrigger()
        .withIdentity(name, JOB.getGroup())
        .forJob(JOB)
        .startAt(Date.from(Instant.parse("2099-01-01T00:00:00Z")))
        .build();
  }

  private boolean made(Trigger trigger) throws SchedulerException {
    try {
      scheduler.scheduleJob(trigger);
      return true;
    } catch (ObjectAlreadyExistsException e) {
      return false;
    }
  }

  private <T> List<T> atOnce(Callable<T> work) throws Exception {
    CyclicBarrier start = new CyclicBarrier(INSTANCES);
    List<Future<T>> results = new ArrayList<>();
    for (int i = 0; i < INSTANCES; i++) {
      results.add(
          instances.submit(
              () -> {
                start.await();
                return work.call();
              }));
    }
    List<T> values = new ArrayList<>();
    for (Future<T> result : results) {
      values.add(result.get());
    }
    return values;
  }
}
