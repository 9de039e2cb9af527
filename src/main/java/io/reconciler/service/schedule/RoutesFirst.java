package io.reconciler.service.schedule;

import org.quartz.JobExecutionContext;
import org.quartz.Trigger;
import org.quartz.listeners.TriggerListenerSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the route of a client before its trigger fires here. Another instance may have made the
 * trigger since this one last looked for clients; without a route camel-quartz would lose the time.
 * A job that nothing here works on is left out: the store keeps those of routes that settings have
 * since switched off.
 */
final class RoutesFirst extends TriggerListenerSupport {

  private static final Logger LOG = LoggerFactory.getLogger(RoutesFirst.class);

  private final ClientSchedules schedules;

  RoutesFirst(ClientSchedules schedules) {
    this.schedules = schedules;
  }

  @Override
  public String getName() {
    return "routes-first";
  }

  @Override
  public boolean vetoJobExecution(Trigger trigger, JobExecutionContext context) {
    try {
      return !schedules.ensureRoute(trigger.getJobKey());
    } catch (Exception e) {
      LOG.warn("the route for {} could not be made", trigger.getJobKey(), e);
      return false;
    }
  }
}
