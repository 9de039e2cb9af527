package io.reconciler.engine.pull;

import io.reconciler.engine.field.KnownFields;
import io.reconciler.engine.run.Run;
import io.reconciler.side.postgres.LeadKey;
import io.reconciler.side.postgres.Rows;

/** Looks up, at the beginning of a run, what is known of its fields. */
public final class FieldLookup {

  private final LeadKey keys;

  /** How records name rows is looked up here. */
  public FieldLookup(LeadKey keys) {
    this.keys = keys;
  }

  /** What to look for, for the statement. */
  public Wanted wanted(Run run) {
    run.perClient(keys.isPerClient(run.mapping()));
    return new Wanted(
        run.client().baseId(), run.mapping().table(), KnownFields.enums(run.mapping()));
  }

  /** Takes what was kept; whether the metadata is to be asked for. */
  public void kept(String row, Run run) {
    run.lookedUp(KnownFields.kept(run.mapping(), Rows.parse(row)));
  }

  /** Leaves out what an earlier run left out, without asking. */
  public void leaveOutKnown(Run run) {
    run.leftOut().addAll(run.fields().missing());
    run.leftOut().addAll(run.fields().gone());
  }

  /** A table in a base, and the enums of its columns as a JSON array. */
  public record Wanted(String baseId, String table, String enums) {}
}
