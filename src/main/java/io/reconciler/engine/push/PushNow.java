package io.reconciler.engine.push;

import io.reconciler.engine.run.Run;
import io.reconciler.side.mapping.FieldGroup;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.postgres.LeadRow;
import io.reconciler.side.postgres.OneColumn;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Brings changes to Airtable at once: no grace period, and no pause of the dead letters. */
public final class PushNow {

  private final SendTimes times;
  private final Clock clock;

  public PushNow(SendTimes times, Clock clock) {
    this.times = times;
    this.clock = clock;
  }

  /** The active leads of the run's client among these rows, and what counts them. */
  public Scan scan(List<Map<String, Object>> rows, PushRequest request, Run run) {
    Mapping mapping = run.mapping();
    List<Candidate> due =
        LeadRow.byRecord(OneColumn.json(rows), mapping).values().stream()
            .filter(lead -> run.client().id().equals(lead.clientId()))
            .filter(lead -> lead.isActive(mapping))
            .map(lead -> new Candidate(lead, false, left(lead, request, mapping)))
            .toList();
    Outbox outbox = new Outbox(times, clock);
    return new Scan(run, Instant.EPOCH, Duration.ZERO, run.started(), outbox).only(due);
  }

  private Set<String> left(LeadRow lead, PushRequest request, Mapping mapping) {
    return mapping.groups().stream()
        .map(FieldGroup::name)
        .filter(group -> request.leaves(lead.recordId(), group))
        .collect(Collectors.toSet());
  }
}
