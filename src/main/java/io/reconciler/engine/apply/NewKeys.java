package io.reconciler.engine.apply;

import io.reconciler.engine.run.Run;
import io.reconciler.side.postgres.LeadKey;

/** Where the keys of new rows come from; looked up once for a table of a run. */
public final class NewKeys {

  private final LeadKey keys;

  /** How tables make their keys is looked up here. */
  public NewKeys(LeadKey keys) {
    this.keys = keys;
  }

  /** Whether the run's table gives a new row its key; else the program has to. */
  public boolean areGenerated(Run run) {
    return run.table().makesKeys(() -> keys.isGenerated(run.mapping()));
  }
}
