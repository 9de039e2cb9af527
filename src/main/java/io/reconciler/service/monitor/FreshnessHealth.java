package io.reconciler.service.monitor;

import io.reconciler.engine.budget.Budget;
import io.reconciler.engine.budget.BudgetText;
import io.reconciler.engine.budget.Spending;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.dao.DataAccessException;

/** DOWN when a client is overdue, with its name. */
final class FreshnessHealth extends AbstractHealthIndicator {

  private final WatchedClients clients;
  private final Freshness freshness;
  private final Spending spending;

  FreshnessHealth(WatchedClients clients, Freshness freshness, Spending spending) {
    this.spending = spending;
    this.clients = clients;
    this.freshness = freshness;
  }

  @Override
  protected void doHealthCheck(Health.Builder health) {
    Optional<List<WatchedClient>> active = clients.list();
    if (active.isEmpty()) {
      health.unknown().withDetail("reason", "the database can't be asked");
      return;
    }
    Budget budget = budget();
    if (budget != null && budget.isShort()) {
      health.withDetail("held back by the quota", BudgetText.shortage(budget, spending.period()));
    }
    List<WatchedClient> overdue = freshness.overdue(active.get(), budget);
    health
        .status(overdue.isEmpty() ? "UP" : "DOWN")
        .withDetail("clients", active.get().size())
        .withDetail("overdue", overdue.stream().map(FreshnessHealth::text).toList());
  }

  private @Nullable Budget budget() {
    try {
      return spending.budget().orElse(null);
    } catch (DataAccessException e) {
      // Another part of the health says so.
      return null;
    }
  }

  private static String text(WatchedClient client) {
    Object last = client.reconciledAt() == null ? "never" : client.reconciledAt();
    return "%s (%s): last reconciled %s".formatted(client.name(), client.base(), last);
  }
}
