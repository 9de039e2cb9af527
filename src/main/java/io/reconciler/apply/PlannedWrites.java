package io.reconciler.apply;

import com.fasterxml.jackson.databind.node.BooleanNode;
import io.reconciler.mapping.FieldMapping;
import io.reconciler.mapping.Mapping;
import io.reconciler.run.RunResult.PlannedWrite;

/** Writes that a dry run leaves undone and that no cell of Airtable asks for. */
public final class PlannedWrites {

  private PlannedWrites() {}

  /** The lead of a record that is gone becomes inactive. */
  public static PlannedWrite deactivation(String recordId, Mapping mapping) {
    return new PlannedWrite(
        recordId,
        "pull",
        mapping.existence().map(FieldMapping::column).orElse("(record)"),
        BooleanNode.TRUE,
        BooleanNode.FALSE,
        "deactivate");
  }
}
