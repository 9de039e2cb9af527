package io.reconciler.engine.apply;

import io.reconciler.engine.run.Run;
import io.reconciler.engine.run.RunEnd;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.postgres.ConstraintColumns;
import io.reconciler.side.postgres.RefusedWrite;

/** Between the tries of a record that PostgreSQL did not take. */
public final class Refusals {

  /** So that a trigger that refuses everything costs a run minutes and not hours. */
  private static final int MOST_TRIES = 3_000;

  private final ConstraintColumns constraints;

  /** Asks here for the columns of a constraint. */
  public Refusals(ConstraintColumns constraints) {
    this.constraints = constraints;
  }

  /**
   * A page of one record that was not taken.
   *
   * @throws Exception the cause, when it is not about the record: no other one would be taken
   */
  public RefusedRecord begin(Page page, Exception cause, Run run) throws Exception {
    if (RefusedWrite.of(cause).filter(RefusedWrite::isAboutAll).isPresent()) {
      throw cause;
    }
    Mapping mapping = run.mapping();
    return new RefusedRecord(
        page, cause, mapping, refusal -> constraints.of(refusal, mapping.postgres()));
  }

  public Page next(RefusedRecord refused) {
    return refused.page();
  }

  /** Ends a try that went well; nothing of it stays. */
  public void undo() {
    throw new RehearsedException();
  }

  public void passed(RefusedRecord refused, Run run) {
    refused.passed();
    ensureFew(refused, run);
  }

  /** It did not. */
  public void failed(RefusedRecord refused, Throwable cause, Run run) {
    refused.failed(cause);
    ensureFew(refused, run);
  }

  /** Counts a record that the next run has to look at, for it could not be had now. */
  public void left(RefusedRecord refused, Run run) {
    String text =
        refused.recordId()
            + ": left for the next run, somebody's transaction was in the way; "
            + RunEnd.text(refused.cause());
    run.waitsFor("a lock on the lead of " + refused.recordId());
    switch (refused.whole().purpose()) {
      case PULL, REFRESH, LINKS -> {
        run.counts().pullError(text);
        run.counts().pullFailed();
      }
      case PREPARE_PUSH -> {
        run.counts().pushError(text);
        run.counts().pushFailed();
      }
      // Whose answer could not be applied is counted with its batch.
      case CONFIRM_PUSH -> {}
    }
  }

  private static void ensureFew(RefusedRecord refused, Run run) {
    if (run.tries() > MOST_TRIES && refused.isOpen()) {
      refused.giveUp();
    }
  }

  /** What ends a try. */
  public static final class RehearsedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RehearsedException() {
      super("tried, and taken back", null, false, false);
    }
  }
}
