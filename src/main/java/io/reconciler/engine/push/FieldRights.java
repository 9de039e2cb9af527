package io.reconciler.engine.push;

import io.reconciler.engine.failure.RunFailedException;
import io.reconciler.side.airtable.AirtableException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which field groups the token's user may write. Airtable lets fields be kept from users, and
 * forbids then the whole PATCH, as it does where the token may write nothing at all: which of the
 * two it is shows when one record is sent group by group. Guarded by the outbox.
 */
final class FieldRights {

  /** Records that have to be refused the same, where nothing else shows that it is the field. */
  private static final int ENOUGH = 2;

  private final Set<String> taken = new HashSet<>();
  private final Set<String> known = new HashSet<>();
  private final Map<String, Set<String>> refused = new HashMap<>();
  private final Map<String, AirtableException.Forbidden> causes = new HashMap<>();
  private final Map<String, AirtableException.Forbidden> barred = new HashMap<>();
  private AirtableException.@Nullable Forbidden doubt;
  private boolean asked;

  /** A batch was forbidden, though its records are there: nothing but tries goes until it shows. */
  void doubt(AirtableException.Forbidden cause) {
    doubt = cause;
  }

  boolean isInDoubt() {
    return doubt != null;
  }

  /** Whether it is to be looked up what earlier runs found; once. */
  boolean isToBeAsked() {
    return isInDoubt() && !asked;
  }

  /** Earlier runs found that these groups may not be written. */
  void known(Collection<String> groups) {
    asked = true;
    known.addAll(groups);
  }

  /** Airtable took these groups of some record. */
  void taken(Batch batch) {
    batch.pushes().forEach(push -> taken.addAll(push.cells().keySet()));
  }

  /** Whether it takes all of them of other records. */
  boolean takes(Batch batch) {
    return batch.pushes().stream().allMatch(push -> taken.containsAll(push.cells().keySet()));
  }

  /** A batch of a single group was forbidden. */
  void refused(Batch single, AirtableException.Forbidden cause) {
    Push push = single.pushes().get(0);
    for (String group : push.cells().keySet()) {
      refused.computeIfAbsent(group, any -> new HashSet<>()).add(push.recordId());
      causes.put(group, cause);
    }
  }

  /** Whether a batch of a single group would tell something. */
  boolean isTry(Batch batch) {
    return batch.isSingle() && batch.pushes().stream().anyMatch(push -> open(push) > 0);
  }

  /** The record to be sent group by group next: the one that tells most; none is left to ask. */
  Optional<Push> next(Stream<Push> waiting) {
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
  void judge() {
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
  Set<String> barred() {
    return Set.copyOf(barred.keySet());
  }

  /** Whether nothing of a batch may be sent. */
  boolean isBarred(Batch batch) {
    return batch.pushes().stream()
        .allMatch(push -> barred.keySet().containsAll(push.cells().keySet()));
  }

  /** What Airtable said of a group that may not be written. */
  AirtableException.@Nullable Forbidden why(String group) {
    return barred.get(group);
  }
}
