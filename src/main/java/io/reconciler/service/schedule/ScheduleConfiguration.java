package io.reconciler.service.schedule;

import io.reconciler.settings.Settings;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.spi.ComponentCustomizer;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The schedule of the service. */
@Configuration(proxyBeanMethods = false)
public class ScheduleConfiguration {

  @Bean
  Schedule schedule(Settings settings) {
    return new Schedule(settings.lookbackMinutes());
  }

  @Bean
  ClientSchedules clientSchedules(
      CamelContext camel,
      Scheduler scheduler,
      Clock clock,
      @Value("${reconciler.schedule}") String schedule,
      @Value("${reconciler.again-ms}") long againMillis)
      throws SchedulerException {
    ClientSchedules schedules =
        new ClientSchedules(
            camel, scheduler, new Period(schedule), Duration.ofMillis(againMillis), clock);
    scheduler.getListenerManager().addTriggerListener(new RoutesFirst(schedules));
    return schedules;
  }

  @Bean
  TriggerRepair triggerRepair(DataSource database, Scheduler scheduler, Clock clock) {
    return new TriggerRepair(JdbcClient.create(database), scheduler, clock);
  }

  // Camel would start Quartz before the routes of the clients are there.
  @Bean
  ComponentCustomizer quartzStartsLater() {
    return ComponentCustomizer.forType(
        QuartzComponent.class, quartz -> quartz.setAutoStartScheduler(false));
  }
}
