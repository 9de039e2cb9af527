package io.reconciler.engine.run;

/** Hears of a rehearsal as of a stage of its own, before those of the run. */
record Rehearsing(ProgressListener progress) implements ProgressListener {

  @Override
  public void records(long done) {
    progress.records(done);
  }

  @Override
  public void requests(long used) {
    progress.requests(used);
  }

  @Override
  public void stage(String name) {
    progress.stage("looking first: " + name);
  }
}
