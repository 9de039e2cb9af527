package io.reconciler.engine.apply;

import io.reconciler.engine.apply.plan.IncomingRecord;
import io.reconciler.engine.apply.plan.Page;
import io.reconciler.engine.failure.FailureText;
import io.reconciler.engine.failure.UnwrittenException;
import io.reconciler.side.mapping.Converted;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.postgres.DatabaseAway;
import io.reconciler.side.postgres.RecordIds;
import io.reconciler.side.postgres.RefusedWrite;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A record that PostgreSQL did not take, while it is found out which of its values are to blame:
 * the columns of the constraint that was named or, where none was, those that halving finds. Every
 * try is rolled back. Used by one thread.
 */
public final class RefusedRecord {

  private final Page page;
  private final IncomingRecord record;
  private final Mapping mapping;
  private final Function<RefusedWrite, Set<String>> constraints;
  private final Function<RefusedWrite, String> holders;
  private final Map<String, String> refused = new LinkedHashMap<>();
  private final Map<String, Throwable> causes = new HashMap<>();
  private final Set<String> nulled = new HashSet<>();
  private @Nullable Halving<List<String>> halving;
  private boolean withNothing;
  private boolean encoding;
  private @Nullable String cantBeEmpty;
  private Throwable cause;
  private State state = State.OPEN;

  private enum State {
    OPEN,
    NARROWED,
    LEFT,
    WHOLE
  }

  /**
   * Of a page of one record.
   *
   * @param constraints the columns that a refusal names
   * @param holders who else has the unique value, as the end of a sentence
   */
  RefusedRecord(
      Page page,
      Throwable cause,
      Mapping mapping,
      Function<RefusedWrite, Set<String>> constraints,
      Function<RefusedWrite, String> holders) {
    this.page = page;
    this.record = page.records().get(0);
    this.mapping = mapping;
    this.constraints = constraints;
    this.holders = holders;
    this.cause = cause;
    failed(cause);
  }

  /** Whether something is left to be tried. */
  public boolean isOpen() {
    return state == State.OPEN;
  }

  /** Whether the rest can be applied now. */
  public boolean isNarrowed() {
    return state == State.NARROWED;
  }

  /** Whether it is somebody else's transaction that is in the way, and not a value. */
  public boolean isLeft() {
    return state == State.LEFT;
  }

  /** The page as it is to be tried next or, at the end, to be applied. */
  public Page page() {
    Map<String, String> without = new LinkedHashMap<>(refused);
    if (withNothing || halving != null) {
      Set<String> tried = halving == null ? Set.of() : flat(halving.next());
      open().stream().filter(c -> !tried.contains(c)).forEach(c -> without.put(c, ""));
    }
    Map<String, Converted.Failed> failures = new LinkedHashMap<>();
    if (encoding) {
      record.failures().forEach((column, failed) -> failures.put(column, failed.inAscii()));
    }
    without.forEach((column, why) -> failures.put(column, failure(column, why)));
    Set<String> empty = new HashSet<>(nulled);
    empty.retainAll(without.keySet());
    return page.with(record.refusing(failures, without.keySet(), empty));
  }

  public Throwable cause() {
    return cause;
  }

  /** The cause for a person, with the holder of the unique value. */
  String reason() {
    String empty = cantBeEmpty == null ? "" : "; the column " + cantBeEmpty + " can't stay empty";
    return FailureText.of(cause) + RefusedWrite.of(cause).map(holders).orElse("") + empty;
  }

  public Page whole() {
    return page;
  }

  public String recordId() {
    return record.id();
  }

  /** The record alone, for a statement. */
  public RecordIds records() {
    return new RecordIds(page.ids());
  }

  void giveUp() {
    state = State.WHOLE;
  }

  /** The page could have been applied. */
  void passed() {
    if (withNothing) {
      withNothing = false;
      halving = new Halving<>(units());
    } else if (halving != null) {
      halving.passed();
    }
    if (halving == null) {
      state = State.NARROWED;
    } else if (halving.isOver()) {
      found(halving);
    }
  }

  /** The page could not be applied. */
  void failed(Throwable why) {
    Optional<RefusedWrite> said = RefusedWrite.of(why);
    encoding |= said.filter(RefusedWrite::isAboutEncoding).isPresent();
    if (said.filter(RefusedWrite::passes).isPresent()) {
      cause = why;
      state = State.LEFT;
    } else if (DatabaseAway.is(why) || (said.isEmpty() && UnwrittenException.of(why).isEmpty())) {
      cause = why;
      state = State.WHOLE;
    } else if (halving != null) {
      halving.failed(reason(said, why));
      if (halving.isOver()) {
        found(halving);
      }
    } else {
      Set<String> columns = said.map(constraints).orElseGet(() -> altered(why));
      stands(why, columns, said);
      blame(columns, said, why);
    }
  }

  // A default or an empty column is refused because the record's own value was: that is the cause.
  private void stands(Throwable why, Set<String> columns, Optional<RefusedWrite> said) {
    Optional<String> again = columns.stream().filter(refused::containsKey).findFirst();
    boolean ours = !columns.isEmpty() && (withNothing || refused.keySet().containsAll(columns));
    if (!ours) {
      cause = why;
    } else if (again.isPresent()) {
      cause = causes.getOrDefault(again.get(), cause);
      cantBeEmpty = said.filter(RefusedWrite::isNull).isPresent() ? again.get() : null;
    }
  }

  private void found(Halving<List<String>> over) {
    over.bad().forEach((unit, why) -> unit.forEach(column -> refused.put(column, why)));
    halving = null;
    state = State.NARROWED;
  }

  private void blame(Set<String> columns, Optional<RefusedWrite> said, Throwable why) {
    List<String> fresh = open().stream().filter(columns::contains).toList();
    List<String> again =
        columns.stream()
            .filter(c -> withNothing ? record.values().containsKey(c) : refused.containsKey(c))
            .filter(c -> !nulled.contains(c))
            .toList();
    if (!withNothing && !fresh.isEmpty()) {
      String reason = reason(said, why);
      fresh.forEach(column -> refused.put(column, reason));
      fresh.forEach(column -> causes.put(column, why));
    } else if (!again.isEmpty()) {
      // Of a new lead the default was refused as well.
      nulled.addAll(again);
    } else if (withNothing || open().isEmpty()) {
      state = State.WHOLE;
    } else {
      withNothing = true;
    }
  }

  private Set<String> open() {
    Set<String> open = new LinkedHashSet<>(record.values().keySet());
    open.removeAll(refused.keySet());
    return open;
  }

  /** What can only be applied together. */
  private List<List<String>> units() {
    Map<String, List<String>> units =
        open().stream()
            .collect(Collectors.groupingBy(this::unit, LinkedHashMap::new, Collectors.toList()));
    return new ArrayList<>(units.values());
  }

  private String unit(String column) {
    FieldMapping field = mapping.column(column);
    return field.group() == null ? "column " + column : "group " + field.group();
  }

  private Converted.Failed failure(String column, String why) {
    return Converted.Failed.refused(
        mapping.column(column).toColumn(record.values().get(column)), why, encoding);
  }

  private static Set<String> flat(Collection<List<String>> units) {
    return units.stream().flatMap(List::stream).collect(Collectors.toSet());
  }

  // Nothing was said: the row is there, and does not hold what was written.
  private static Set<String> altered(Throwable why) {
    return UnwrittenException.of(why).map(UnwrittenException::columns).orElse(Set.of());
  }

  private String reason(Optional<RefusedWrite> said, Throwable why) {
    return said.map(r -> "PostgreSQL refuses it: " + r.message() + holders.apply(r))
        .orElse(
            altered(why).isEmpty()
                ? "a trigger or a row security policy keeps PostgreSQL from writing it"
                : "a trigger does not keep it as it was written");
  }

  // Camel looks properties up by their hash.
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
