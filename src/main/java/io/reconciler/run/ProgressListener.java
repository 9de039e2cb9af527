package io.reconciler.run;

/** Hears how far a run has come; may be called from any thread. */
public interface ProgressListener {

  /** So many records of the current stage are done. */
  void records(long done);

  /** The current stage has so many records in all. */
  void total(long total);

  /** The run has sent so many requests to Airtable. */
  void requests(long used);

  /** A new stage begins; its counts start at 0. */
  void stage(String name);
}
