package io.reconciler.pull;

import io.reconciler.airtable.AirtableRequests;
import io.reconciler.airtable.RecordRead;
import io.reconciler.mapping.Mapping;
import io.reconciler.run.Run;
import java.util.List;

/** Reads of certain records, always with the modification time. */
public final class RecordReads {

  private final AirtableRequests requests;
  private final List<String> portalFields;
  private final List<String> allFields;

  /** For this mapping. */
  public RecordReads(AirtableRequests requests, Mapping mapping) {
    this.requests = requests;
    this.portalFields = ListedFields.portal(mapping);
    this.allFields = ListedFields.all(mapping);
  }

  /** The read of the portal's fields of these records of a run's base. */
  public RecordRead of(List<String> recordIds, Run run) {
    return new RecordRead(requests, run.client().baseId(), portalFields, recordIds);
  }

  /** The read of every mapped field of these records of a run's base. */
  public RecordRead whole(List<String> recordIds, Run run) {
    return new RecordRead(requests, run.client().baseId(), allFields, recordIds);
  }
}
