package io.reconciler.engine.apply;

import io.reconciler.engine.apply.plan.IncomingRecord;
import io.reconciler.engine.apply.plan.Page;
import io.reconciler.engine.apply.unique.Collisions;
import io.reconciler.engine.failure.FailureText;
import io.reconciler.engine.failure.RunFailedException;
import io.reconciler.engine.run.Run;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.PostgresTable;
import io.reconciler.side.postgres.ConstraintColumns;
import io.reconciler.side.postgres.RefusedWrite;
import io.reconciler.side.postgres.TableLocks;
import io.reconciler.side.postgres.rules.TableAccess;
import io.reconciler.text.Plain;

/** Between the tries of a record that PostgreSQL did not take. */
public final class Refusals {

  private static final int LONGEST_NAME = 200;

  private final ConstraintColumns constraints;
  private final TableLocks locks;
  private final TableAccess access;
  private final Collisions collisions;

  /**
   * Asks there for the columns of a constraint, locks on a whole table, rights on it and who holds
   * a value.
   */
  public Refusals(
      ConstraintColumns constraints, TableLocks locks, TableAccess access, Collisions collisions) {
    this.constraints = constraints;
    this.locks = locks;
    this.access = access;
    this.collisions = collisions;
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
    ensureAllowed(cause, run);
    Mapping mapping = run.mapping();
    IncomingRecord record = page.records().get(0);
    return new RefusedRecord(
        page,
        cause,
        mapping,
        refusal -> constraints.of(refusal, mapping.postgres()),
        refusal -> collisions.holder(record, refusal, run));
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

  public void failed(RefusedRecord refused, Throwable cause, Run run) {
    refused.failed(cause);
    ensureFew(refused, run);
  }

  /**
   * How long a page waits for others' row locks: once for many leads, or a moment for each of them,
   * and hardly at all in a run in which many have waited in vain.
   */
  public String lockWait(Page page, Run run) {
    boolean several = page.records().size() > 1;
    if (run.patience().isShort()) {
      return several ? "300ms" : "30ms";
    }
    return several ? "3s" : "300ms";
  }

  /**
   * Counts a record that the next run has to look at, for it could not be had now.
   *
   * @throws RunFailedException when none can be had, because the whole table is locked
   */
  public void left(RefusedRecord refused, Run run) {
    // From then on each asks: the page beside, which waits as well, is to end with this one.
    if (run.patience().leftForLock()) {
      ensureWritable(run);
    }
    String text =
        refused.recordId()
            + ": left for the next run, somebody's transaction was in the way; "
            + FailureText.of(refused.cause());
    run.waitsFor("a lock on the lead of " + refused.recordId());
    switch (refused.whole().purpose()) {
      case PULL, REFRESH -> {
        run.table().linksLeft().drop(refused.recordId());
        run.counts().pullError(text);
        run.counts().pullFailed();
      }
      case LINKS -> run.counts().pullError(text);
      case PREPARE_PUSH -> {
        run.counts().pushError(text);
        run.counts().pushFailed();
      }
      // Whose answer could not be applied is counted with its batch.
      case CONFIRM_PUSH -> {}
    }
  }

  // A right that a trigger or a sequence lacks is another matter: there the values may be to blame.
  private void ensureAllowed(Exception cause, Run run) {
    if (RefusedWrite.of(cause).filter(RefusedWrite::isDenied).isPresent()) {
      access
          .missingRight(run.mapping())
          .ifPresent(
              text -> {
                throw new RunFailedException(text, cause);
              });
    }
  }

  private void ensureWritable(Run run) {
    PostgresTable table = run.mapping().postgres();
    locks
        .holder(table)
        .ifPresent(
            holder -> {
              throw new RunFailedException(
                  ("the table %s is locked as a whole (%s), so none of its rows can be written: a"
                          + " create index, alter table, vacuum full or lock table is under way; the"
                          + " next run goes on")
                      .formatted(table.table(), Plain.line(holder, LONGEST_NAME)));
            });
  }

  private static void ensureFew(RefusedRecord refused, Run run) {
    if (run.patience().tried() && refused.isOpen()) {
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
