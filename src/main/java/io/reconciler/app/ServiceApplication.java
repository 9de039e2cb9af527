package io.reconciler.app;

import io.reconciler.admin.AdminConfiguration;
import io.reconciler.api.ApiConfiguration;
import io.reconciler.camel.CamelConfiguration;
import io.reconciler.camel.NoticeConfiguration;
import io.reconciler.monitor.MonitorConfiguration;
import io.reconciler.page.PageConfiguration;
import io.reconciler.portal.PortalConfiguration;
import io.reconciler.schedule.ScheduleConfiguration;
import io.reconciler.web.SecurityConfiguration;
import io.reconciler.web.WebConfiguration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
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
class ServiceApplication {}
