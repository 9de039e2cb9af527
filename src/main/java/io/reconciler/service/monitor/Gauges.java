package io.reconciler.service.monitor;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the database knows, at the moment of a scrape. When it can't be asked these gauges are
 * absent: an old value would look like a true one.
 */
final class Gauges implements MultiCollector {

  private final WatchedClients clients;
  private final @Nullable Long quota;
  private final Clock clock;

  Gauges(WatchedClients clients, @Nullable Long quota, Clock clock) {
    this.clients = clients;
    this.quota = quota;
    this.clock = clock;
  }

  @Override
  public MetricSnapshots collect() {
    List<GaugeSnapshot> gauges = new ArrayList<>();
    if (quota != null) {
      gauges.add(
          GaugeSnapshot.builder()
              .name("reconciler_airtable_month_quota")
              .help("Requests a month that the Airtable plan allows, as configured")
              .dataPoint(GaugeDataPointSnapshot.builder().value(quota).build())
              .build());
    }
    clients.list().ifPresent(list -> add(list, gauges));
    return new MetricSnapshots(gauges.toArray(GaugeSnapshot[]::new));
  }

  private void add(List<WatchedClient> list, List<GaugeSnapshot> gauges) {
    Instant now = clock.instant();
    gauges.add(
        gauge(
            "reconciler_seconds_since_last_success",
            "Seconds since a run of the client last ended well, in whatever process",
            "client",
            list.stream().filter(client -> client.reconciledAt() != null).toList(),
            client -> seconds(Objects.requireNonNull(client.reconciledAt()), now)));
    gauges.add(
        gauge(
            "reconciler_dead_letters_open",
            "Open dead letters of the client",
            "client",
            list,
            WatchedClient::deadLetters));
    gauges.add(
        gauge(
            "reconciler_conflicts_open",
            "Open conflicts of the client",
            "client",
            list,
            WatchedClient::conflicts));
    gauges.add(
        gauge(
            "reconciler_airtable_month_requests",
            "Requests to the base in this month (UTC), of all processes on the database",
            "base",
            list,
            WatchedClient::monthRequests));
  }

  private static double seconds(Instant then, Instant now) {
    return Math.max(0, Duration.between(then, now).toMillis() / 1000.0);
  }

  private static GaugeSnapshot gauge(
      String name,
      String help,
      String label,
      List<WatchedClient> clients,
      ToDoubleFunction<WatchedClient> value) {
    GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
    for (WatchedClient client : clients) {
      gauge.dataPoint(
          GaugeDataPointSnapshot.builder()
              .labels(Labels.of(label, client.base()))
              .value(value.applyAsDouble(client))
              .build());
    }
    return gauge.build();
  }
}
