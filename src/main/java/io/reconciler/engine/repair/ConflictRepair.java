package io.reconciler.engine.repair;

import io.reconciler.decide.GroupValues;
import io.reconciler.engine.failure.FailureText;
import io.reconciler.engine.push.PushRequest;
import io.reconciler.engine.repair.SettleResult.Status;
import io.reconciler.engine.run.Run;
import io.reconciler.side.postgres.AgreedValues;
import io.reconciler.side.postgres.RecordIds;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One losing value on its way to both sides. Used by one thread. */
public final class ConflictRepair {

  private final SettleRequest request;
  private final @Nullable Work work;
  private @Nullable SettleResult result;
  private @Nullable String edit;
  private @Nullable String present;
  private boolean written;

  /**
   * What is to be done.
   *
   * @param value the losing value
   */
  record Work(Run run, ConflictEntry entry, DecidedConflict decided, GroupValues value) {}

  ConflictRepair(SettleRequest request, Work work) {
    this.request = request;
    this.work = work;
  }

  ConflictRepair(SettleRequest request, SettleResult result) {
    this.request = request;
    this.work = null;
    this.result = result;
  }

  /** Whether there is something left to do. */
  public boolean isOpen() {
    return result == null;
  }

  /** The run that counts its requests; it is not entered in the ledger of runs. */
  public Run run() {
    return work().run();
  }

  /** The record, for the reads. */
  public List<String> records() {
    return List.of(work().entry().recordId());
  }

  /** The record, for the statements. */
  public String recordIds() {
    return new RecordIds(records()).recordIds();
  }

  /** The field group that goes to Airtable. */
  public PushRequest push() {
    return new PushRequest(Map.of()).with(work().entry().recordId(), group());
  }

  /** The portal's columns as they are to stand, as JSON rows. */
  public String edit() {
    return Objects.requireNonNull(edit);
  }

  /** The field group, for the statements. */
  public String group() {
    return work().decided().group().name();
  }

  /** The losing value, as JSON by column. */
  public String value() {
    return AgreedValues.json(work().value(), work().decided().group()).toString();
  }

  /** What Airtable holds of it, as JSON by column. */
  public String present() {
    return Objects.requireNonNull(present);
  }

  /** The edit is committed. */
  void written() {
    written = true;
  }

  public SettleResult result() {
    return Objects.requireNonNull(result);
  }

  /** A run of the client is active. */
  void busy(Throwable cause) {
    end(Status.BUSY, cause.getMessage() + ": try again when it has ended");
  }

  /** Airtable or PostgreSQL failed it. */
  void failed(Throwable cause) {
    String text = FailureText.of(cause);
    end(
        Status.ERROR,
        written
            ? text + "; the value stands in PostgreSQL, and the next run brings it to Airtable"
            : text + "; nothing was changed");
  }

  SettleRequest request() {
    return request;
  }

  Work work() {
    return Objects.requireNonNull(work);
  }

  void write(String rows, String airtable) {
    edit = rows;
    present = airtable;
  }

  void end(SettleResult ended) {
    result = ended;
  }

  void end(Status status, @Nullable String message) {
    result = SettleResult.of(request.id(), status, String.valueOf(message));
  }
}
