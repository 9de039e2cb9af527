package io.reconciler.engine.pull;

import io.reconciler.engine.run.Run;
import io.reconciler.side.airtable.RecordRead;
import java.util.List;

/** Reads of certain records, always with the modification time. */
public final class RecordReads {

  /** The read of the portal's fields of these records of a run's base. */
  public RecordRead of(List<String> recordIds, Run run) {
    return read(ListedFields.portal(run.table()), recordIds, run);
  }

  /** The read of every mapped field of these records of a run's base. */
  public RecordRead whole(List<String> recordIds, Run run) {
    return read(ListedFields.all(run.table()), recordIds, run);
  }

  private static RecordRead read(List<String> fields, List<String> recordIds, Run run) {
    return new RecordRead(
        run.table().requests(),
        run.client().baseId(),
        fields,
        recordIds,
        run.mapping().hasModifiedField());
  }
}
