package io.reconciler.engine.apply;

import io.reconciler.engine.run.Run;
import io.reconciler.side.postgres.LeadKey;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;

/** Where the keys of new rows come from; looked up once for a table of a run. */
public final class NewKeys {

  private final LeadKey keys;
  private final Map<Run, Boolean> generated = Collections.synchronizedMap(new WeakHashMap<>());

  /** How tables make their keys is looked up here. */
  public NewKeys(LeadKey keys) {
    this.keys = keys;
  }

  /** Whether the run's table gives a new row its key; else the program has to. */
  public boolean areGenerated(Run run) {
    Boolean known = generated.get(run);
    if (known == null) {
      known = keys.isGenerated(run.mapping());
      generated.put(run, known);
    }
    return known;
  }
}
