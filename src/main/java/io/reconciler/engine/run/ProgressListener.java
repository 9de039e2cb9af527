package io.reconciler.engine.run;

import io.reconciler.engine.dryrun.PlannedConflict;
import java.util.List;

/** Hears how far a run has come; may be called from any thread. Hears nothing unless overridden. */
public interface ProgressListener {

  /** Hears nothing. */
  ProgressListener NONE = new ProgressListener() {};

  /** So many records of the current stage are done. */
  default void records(long done) {}

  /** The current stage has so many records in all. */
  default void total(long total) {}

  /** The run has sent so many requests to Airtable. */
  default void requests(long used) {}

  /** A new stage begins; its counts start at 0. */
  default void stage(String name) {}

  /** So many clients will have a run each. */
  default void clients(int count) {}

  /** These clients will have a run each, in this order. */
  default void clients(List<Client> clients) {
    clients(clients.size());
  }

  /** A client's run is about to begin; whoever keeps it may ask it to stop. */
  default void begins(Run run) {}

  /** A dry run leaves this write undone. */
  default void planned(RunResult.PlannedWrite write) {}

  /** A dry run leaves this conflict out of the ledger. */
  default void decided(PlannedConflict conflict) {}

  /** A client's run is over, well or not. */
  default void ended(RunResult result) {}
}
