package io.reconciler.service.monitor;

import java.util.List;
import java.util.Optional;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** DOWN when a client is overdue, with its name. */
final class FreshnessHealth extends AbstractHealthIndicator {

  private final WatchedClients clients;
  private final Freshness freshness;

  FreshnessHealth(WatchedClients clients, Freshness freshness) {
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
    List<WatchedClient> overdue = freshness.overdue(active.get());
    health
        .status(overdue.isEmpty() ? "UP" : "DOWN")
        .withDetail("clients", active.get().size())
        .withDetail("overdue", overdue.stream().map(FreshnessHealth::text).toList());
  }

  private static String text(WatchedClient client) {
    Object last = client.reconciledAt() == null ? "never" : client.reconciledAt();
    return "%s (%s): last reconciled %s".formatted(client.name(), client.base(), last);
  }
}
