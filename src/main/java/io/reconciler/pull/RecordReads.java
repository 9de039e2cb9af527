package io.reconciler.pull;

import io.reconciler.airtable.AirtableRequests;
import io.reconciler.airtable.RecordRead;
import io.reconciler.mapping.Mapping;
import io.reconciler.run.Run;
import java.util.List;

/** Reads of certain records: the portal's fields and the modification time. */
public final class RecordReads {

  private final AirtableRequests requests;
  private final List<String> fields;

  /** For this mapping. */
  public RecordReads(AirtableRequests requests, Mapping mapping) {
    this.requests = requests;
    this.fields = ListedFields.portal(mapping);
  }

  /** The read of these records of a run's base. */
  public RecordRead of(List<String> recordIds, Run run) {
    return new RecordRead(requests, run.client().baseId(), fields, recordIds);
  }
}
