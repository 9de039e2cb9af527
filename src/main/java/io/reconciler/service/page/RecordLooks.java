package io.reconciler.service.page;

import io.reconciler.engine.apply.RecordConverter;
import io.reconciler.engine.apply.plan.IncomingRecord;
import io.reconciler.engine.door.RouteCalls;
import io.reconciler.engine.run.Client;
import io.reconciler.engine.run.ProgressListener;
import io.reconciler.engine.run.Run;
import io.reconciler.engine.run.RunRequest;
import io.reconciler.engine.run.Trigger;
import io.reconciler.side.airtable.AirtableRecord;
import io.reconciler.side.mapping.Mapping;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Looks at single records of Airtable. */
public final class RecordLooks {

  private final RouteCalls routes;
  private final Clock clock;

  RecordLooks(RouteCalls routes, Clock clock) {
    this.routes = routes;
    this.clock = clock;
  }

  /** The record as Airtable holds it now; empty when it is not there. */
  Optional<IncomingRecord> at(Client client, Mapping mapping, String recordId, String requester) {
    // Dry: what it finds is told, not written.
    RunRequest request =
        new RunRequest(
            Trigger.UI, requester, RunRequest.SHORTEST, client.baseId(), false, true, false);
    RecordLook look =
        new RecordLook(new Run(client, request, clock, ProgressListener.NONE, mapping), recordId);
    return routes.call("direct:look-at-record", look, RecordLook.class).record();
  }

  /** Takes what Airtable answered. */
  public RecordLook seen(RecordLook look, List<AirtableRecord> found) {
    found.stream()
        .findFirst()
        .ifPresent(
            record ->
                look.seen(
                    RecordConverter.of(look.run())
                        .convert(record, look.run().table().leftOut(), clock.instant())));
    return look;
  }
}
