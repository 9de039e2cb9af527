package io.reconciler.program.boot;

import io.reconciler.engine.door.CamelConfiguration;
import io.reconciler.engine.process.Stopping;
import io.reconciler.engine.run.ActiveRuns;
import io.reconciler.service.admin.AdminConfiguration;
import io.reconciler.service.api.ApiConfiguration;
import io.reconciler.service.monitor.MonitorConfiguration;
import io.reconciler.service.notice.NoticeConfiguration;
import io.reconciler.service.page.PageConfiguration;
import io.reconciler.service.portal.PortalConfiguration;
import io.reconciler.service.schedule.ScheduleConfiguration;
import io.reconciler.service.web.SecurityConfiguration;
import io.reconciler.service.web.WebConfiguration;
import java.time.Clock;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The service: everything that Boot configures; the migrations ran before. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
  EngineConfiguration.class,
  LedgerConfiguration.class,
  CamelConfiguration.class,
  NoticeConfiguration.class,
  ApiConfiguration.class,
  PortalConfiguration.class,
  AdminConfiguration.class,
  ScheduleConfiguration.class,
  SecurityConfiguration.class,
  WebConfiguration.class,
  PageConfiguration.class,
  MonitorConfiguration.class
})
class ServiceApplication {

  /** What Quartz goes by, which can't be told another time. */
  @Bean(defaultCandidate = false)
  Clock machineClock() {
    return Clock.systemUTC();
  }

  @Bean
  StartWatch startWatch(Stopping stopping, ActiveRuns runs, ApplicationContext context) {
    return new StartWatch(stopping, runs, Engine.stopWithin(context));
  }
}
