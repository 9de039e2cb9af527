package io.reconciler.push;

import io.reconciler.mapping.FieldGroup;
import io.reconciler.mapping.Mapping;
import io.reconciler.run.Run;
import io.reconciler.store.LeadRow;
import io.reconciler.store.Rows;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Brings changes to Airtable at once: no grace period, and no pause of the dead letters. */
public final class PushNow {

  private final Mapping mapping;
  private final SendTimes times;
  private final Clock clock;

  /** For this mapping, in these times. */
  public PushNow(Mapping mapping, SendTimes times, Clock clock) {
    this.mapping = mapping;
    this.times = times;
    this.clock = clock;
  }

  /** The active leads of the run's client among these rows, and what counts them. */
  public Scan scan(List<Map<String, Object>> rows, PushRequest request, Run run) {
    List<Candidate> due =
        LeadRow.byRecord(Rows.json(rows), mapping).values().stream()
            .filter(lead -> run.client().id().equals(lead.clientId()))
            .filter(lead -> Boolean.TRUE.equals(lead.values().get(mapping.engineField().column())))
            .map(lead -> new Candidate(lead, false, left(lead, request)))
            .toList();
    Outbox outbox = new Outbox(times, clock);
    return new Scan(run, mapping, Instant.EPOCH, Duration.ZERO, run.started(), outbox).only(due);
  }

  private Set<String> left(LeadRow lead, PushRequest request) {
    return mapping.groups().stream()
        .map(FieldGroup::name)
        .filter(group -> request.leaves(lead.recordId(), group))
        .collect(Collectors.toSet());
  }
}
