package io.reconciler.engine.push;

import io.reconciler.engine.failure.RunFailedException;
import io.reconciler.side.airtable.AirtableException;
import io.reconciler.side.postgres.OneColumn;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which field groups the token's user may write. Airtable lets fields be kept from users, and
 * forbids then the whole PATCH, as it does where the token may write nothing at all: which of the
 * two it is shows when one record is sent group by group. Safe for the threads that send.
 */
public final class FieldRights {

  /** Records that have to be refused the same, where nothing else shows that it is the field. */
  private static final int ENOUGH = 2;

  private final Set<String> taken = new HashSet<>();
  private final Set<String> known = new HashSet<>();
  private final Map<String, Set<String>> refused = new HashMap<>();
  private final Map<String, AirtableException.Forbidden> causes = new HashMap<>();
  private final Map<String, AirtableException.Forbidden> barred = new HashMap<>();
  private AirtableException.@Nullable Forbidden doubt;
  private boolean asked;

  /** A batch was forbidden: nothing but tries goes until it shows what. */
  synchronized void doubt(AirtableException.Forbidden cause) {
    doubt = cause;
  }

  synchronized boolean isInDoubt() {
    return doubt != null;
  }

  /** Whether it is to be looked up what earlier runs found; once. */
  public synchronized boolean isToBeAsked() {
    return isInDoubt() && !asked;
  }

  /** Earlier runs found that these groups may not be written. */
  public synchronized void known(List<Map<String, Object>> groups) {
    asked = true;
    known.addAll(OneColumn.texts(groups));
  }

  /** Airtable took these groups of some record. */
  synchronized void taken(Batch batch) {
    batch.pushes().forEach(push -> taken.addAll(push.cells().keySet()));
  }

  /** Whether it takes all of them of other records. */
  synchronized boolean takes(Batch batch) {
    return batch.pushes().stream().allMatch(push -> taken.containsAll(push.cells().keySet()));
  }

  /** A batch was forbidden, though its records are there. */
  synchronized void forbidden(Batch batch, AirtableException.Forbidden cause) {
    if (batch.isSingle()) {
      refused(batch.pushes().get(0), cause);
    }
    doubt(cause);
  }

  private void refused(Push push, AirtableException.Forbidden cause) {
    for (String group : push.cells().keySet()) {
      refused.computeIfAbsent(group, any -> new HashSet<>()).add(push.recordId());
      causes.put(group, cause);
    }
  }

  /** Whether a batch of a single group would tell something. */
  synchronized boolean isTry(Batch batch) {
    return batch.isSingle() && batch.pushes().stream().anyMatch(push -> open(push) > 0);
  }

  /** The record to be sent group by group next: the one that tells most; none is left to ask. */
  synchronized Optional<Push> next(Stream<Push> waiting) {
    return waiting.filter(push -> open(push) > 0).max(Comparator.comparingLong(this::open));
  }

  private long open(Push push) {
    return push.cells().keySet().stream().filter(group -> isOpen(group, push.recordId())).count();
  }

  private boolean isOpen(String group, String recordId) {
    Set<String> records = refused.getOrDefault(group, Set.of());
    boolean doubtful = taken.isEmpty() && !isProven(group) && records.size() < ENOUGH;
    return !taken.contains(group)
        && !barred.containsKey(group)
        && (records.isEmpty() || (doubtful && !records.contains(recordId)));
  }

  private boolean isProven(String group) {
    AirtableException.Forbidden cause = causes.get(group);
    return known.contains(group) || (cause != null && cause.isAboutField());
  }

  /**
   * Every group that waits was tried: those that were refused are not sent any more in this run.
   *
   * @throws RunFailedException when it is not the fields, but the token
   */
  synchronized void judge() {
    if (doubt != null && taken.isEmpty() && !refused.keySet().stream().allMatch(this::isProven)) {
      throw new RunFailedException(
          doubt.getMessage()
              + "; the records are there, so the token may not write: it needs the scope"
              + " data.records:write and editor rights on the base");
    }
    causes.forEach(
        (group, cause) -> {
          if (!taken.contains(group)) {
            barred.put(group, cause);
          }
        });
    doubt = null;
  }

  /** The groups that may not be written. */
  synchronized Set<String> barredGroups() {
    return Set.copyOf(barred.keySet());
  }

  /** Whether Airtable lets nothing of a batch be written: it needs no request. */
  public synchronized boolean isBarred(Batch batch) {
    return batch.pushes().stream()
        .allMatch(push -> barred.keySet().containsAll(push.cells().keySet()));
  }

  /** What Airtable said of a group that may not be written. */
  synchronized AirtableException.@Nullable Forbidden why(String group) {
    return barred.get(group);
  }
}
