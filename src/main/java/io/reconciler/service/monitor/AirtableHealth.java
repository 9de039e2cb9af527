package io.reconciler.service.monitor;

import io.reconciler.engine.failure.FailureText;
import io.reconciler.engine.run.RequestListener;
import io.reconciler.engine.run.Run;
import io.reconciler.side.airtable.AirtableException;
import io.reconciler.side.airtable.AirtableRequest;
import io.reconciler.side.airtable.AirtableRequests;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Whether Airtable answers. An answer to a run counts, so that Airtable is asked only while nothing
 * runs, once in the time that an answer is good for, and only when somebody looks.
 */
final class AirtableHealth extends AbstractHealthIndicator
    implements RequestListener, AutoCloseable {

  private final WatchedClients clients;
  private final Consumer<AirtableRequest> door;
  private final Duration good;
  private final Clock clock;
  private final CachedAnswer<Health> asked;
  private volatile Instant answeredAt = Instant.MIN;

  AirtableHealth(
      WatchedClients clients,
      Consumer<AirtableRequest> door,
      Duration good,
      Duration patience,
      Clock clock) {
    this.clients = clients;
    this.door = door;
    this.good = good;
    this.clock = clock;
    this.asked = new CachedAnswer<>("airtable-health", this::ask, good, patience, clock);
  }

  @Override
  public void answered(
      AirtableRequest request, @Nullable Run run, int status, Duration waited, Duration took) {
    if (status >= 200 && status < 300) {
      answeredAt = clock.instant();
    }
  }

  @Override
  protected void doHealthCheck(Health.Builder health) {
    Health answer = isRecent() ? up() : asked.get().orElseGet(AirtableHealth::silent);
    health.status(answer.getStatus()).withDetails(answer.getDetails());
  }

  private boolean isRecent() {
    return clock.instant().isBefore(answeredAt.plus(good));
  }

  private Health up() {
    return Health.up().withDetail("answeredAt", answeredAt.toString()).build();
  }

  private static Health silent() {
    return Health.down().withDetail("reason", "no answer yet").build();
  }

  // Who the token belongs to: needs no scope, and is answered even when the month is used up.
  private Health ask() {
    Optional<String> base =
        clients.list().orElse(List.of()).stream().map(WatchedClient::base).findFirst();
    if (base.isEmpty()) {
      return Health.unknown().withDetail("reason", "there is no active client").build();
    }
    try {
      door.accept(AirtableRequests.whoAmI(base.get()));
      return up();
    } catch (AirtableException.Forbidden e) {
      // A server that stands in for Airtable may not know this path; it answers all the same.
      return Health.up().withDetail("answeredAt", clock.instant().toString()).build();
    } catch (RuntimeException e) {
      return Health.down().withDetail("reason", FailureText.of(e)).build();
    }
  }

  @Override
  public void close() {
    asked.close();
  }
}
