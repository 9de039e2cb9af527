package io.reconciler.service.monitor;

import io.reconciler.service.api.TableProblems;
import java.util.List;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * DOWN while a table of the portal's is not as the mapping has it, or nobody can sign in any more.
 */
final class TablesHealth extends AbstractHealthIndicator {

  private final TableProblems tables;

  TablesHealth(TableProblems tables) {
    this.tables = tables;
  }

  @Override
  protected void doHealthCheck(Health.Builder health) {
    List<String> problems = tables.begun();
    if (problems.isEmpty()) {
      health.up();
    } else {
      health.down().withDetail("problems", problems);
    }
  }
}
