package io.reconciler.engine.apply;

import com.fasterxml.jackson.databind.node.BooleanNode;
import io.reconciler.engine.run.RunResult.PlannedWrite;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;

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
