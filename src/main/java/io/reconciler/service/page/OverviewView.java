package io.reconciler.service.page;

import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.MappingSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The overview. Pure.
 *
 * @param runningSince when the oldest of the runs began that go on, null when none does
 * @param nextRun when the schedule comes round, null when it never does
 */
record OverviewView(
    Headline headline,
    Quota quota,
    @Nullable Instant nextRun,
    List<Line> lines,
    List<Chart> charts,
    @Nullable Instant runningSince) {

  /** A client's table; what is the client's alone stands on its first line. */
  record Line(
      ClientState client,
      Mapping table,
      TableState open,
      boolean first,
      String state,
      Tone tone,
      String want) {}

  static OverviewView of(
      List<ClientState> clients,
      List<TableState> open,
      List<Day> days,
      MappingSet mappings,
      @Nullable Long quota,
      @Nullable Instant nextRun,
      Instant now) {
    long used = clients.stream().mapToLong(ClientState::requests).sum();
    return new OverviewView(
        Headline.of(clients),
        Quota.of(used, quota, days, now),
        nextRun,
        clients.stream().flatMap(client -> lines(client, open, mappings, now).stream()).toList(),
        charts(days),
        runningSince(clients));
  }

  /** The same, while the month's quota holds the schedule back. */
  OverviewView heldBack(String shortage) {
    return new OverviewView(
        headline.heldBack(shortage), quota, nextRun, lines, charts, runningSince);
  }

  private static @Nullable Instant runningSince(List<ClientState> clients) {
    return clients.stream()
        .map(ClientState::last)
        .flatMap(Stream::ofNullable)
        .filter(RunRow::isRunning)
        .map(RunRow::started)
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  private static List<Line> lines(
      ClientState client, List<TableState> open, MappingSet mappings, Instant now) {
    List<Line> lines = new ArrayList<>();
    for (Mapping table : mappings.of(client.base())) {
      lines.add(line(client, table, open(client, table, open), lines.isEmpty(), now));
    }
    return lines;
  }

  private static TableState open(ClientState client, Mapping table, List<TableState> open) {
    return open.stream()
        .filter(each -> each.client().equals(client.id()) && each.table().equals(table.name()))
        .findFirst()
        .orElseGet(() -> TableState.nothing(client.id(), table.name()));
  }

  private static Line line(
      ClientState client, Mapping table, TableState open, boolean first, Instant now) {
    if (!client.active()) {
      return new Line(client, table, open, first, "inactive", Tone.CALM, "");
    }
    if (client.last() == null) {
      return new Line(client, table, open, first, "never run", Tone.WARN, "");
    }
    RunView run = RunView.of(client.last(), now);
    String want = run.failure() == null ? "" : run.failure();
    return new Line(client, table, open, first, run.state(), run.tone(), want);
  }

  private static List<Chart> charts(List<Day> days) {
    Format f = new Format();
    return List.of(
        Chart.of("Changed here", days, Day::pulled, f::some),
        Chart.of("Sent to Airtable", days, Day::pushed, f::some),
        Chart.of("Skipped", days, Day::skipped, f::some),
        Chart.of("Errors", days, Day::errors, f::some),
        Chart.of("A run takes", days, Day::millis, f::duration),
        Chart.of("Lag (p95)", days, Day::lag, f::duration),
        Chart.of("Requests", days, Day::requests, f::some));
  }
}
