package io.reconciler.push;

import io.reconciler.airtable.AirtableRequests;
import io.reconciler.airtable.Parts;
import io.reconciler.mapping.FieldGroup;
import io.reconciler.mapping.Mapping;
import io.reconciler.run.Run;
import io.reconciler.store.LeadRow;
import io.reconciler.store.Rows;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Brings changes to Airtable at once: no grace period, and no pause of the dead letters. */
public final class PushNow {

  private final Mapping mapping;

  /** For this mapping. */
  public PushNow(Mapping mapping) {
    this.mapping = mapping;
  }

  /** What counts the leads. */
  public Scan scan(Run run) {
    return new Scan(run, mapping, Instant.EPOCH, Duration.ZERO, run.started());
  }

  /** The active leads of the run's client among these rows, in chunks of what one read can take. */
  public List<Chunk> chunks(List<Map<String, Object>> rows, PushRequest request, Run run) {
    List<Candidate> due =
        LeadRow.byRecord(Rows.json(rows), mapping).values().stream()
            .filter(lead -> run.client().id().equals(lead.clientId()))
            .filter(lead -> Boolean.TRUE.equals(lead.values().get(mapping.engineField().column())))
            .map(lead -> new Candidate(lead, false, left(lead, request)))
            .toList();
    return Parts.of(due, AirtableRequests.PAGE_SIZE).stream().map(Chunk::new).toList();
  }

  private Set<String> left(LeadRow lead, PushRequest request) {
    return mapping.groups().stream()
        .map(FieldGroup::name)
        .filter(group -> request.leaves(lead.recordId(), group))
        .collect(Collectors.toSet());
  }
}
