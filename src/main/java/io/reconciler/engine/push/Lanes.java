package io.reconciler.engine.push;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Batches in a queue, and those of them that are on their way side by side, never two with the same
 * record. Guarded by the outbox.
 */
final class Lanes {

  /** So many batches are on the way at once: as many requests as Airtable takes in a second. */
  private static final int MOST = 5;

  private final Deque<Batch> waiting = new ArrayDeque<>();
  private final Set<Batch> onTheWay = Collections.newSetFromMap(new IdentityHashMap<>());

  boolean isEmpty() {
    return waiting.isEmpty() && onTheWay.isEmpty();
  }

  /** One entry for each batch that can be sent side by side with the others. */
  List<Integer> wanted() {
    return IntStream.range(0, Math.min(MOST, waiting.size())).boxed().toList();
  }

  /**
   * The first that may go beside those on their way; null: the parts of one record have to wait.
   */
  @Nullable Batch next() {
    Set<String> busy = new HashSet<>();
    onTheWay.forEach(batch -> busy.addAll(batch.recordIds()));
    return waiting.stream()
        .filter(batch -> batch.recordIds().stream().noneMatch(busy::contains))
        .findFirst()
        .orElse(null);
  }

  /** Whether none is on its way. */
  boolean isIdle() {
    return onTheWay.isEmpty();
  }

  /** The first of this kind, with nothing on the way beside it; null when there is none. */
  @Nullable Batch one(Predicate<Batch> kind) {
    return isIdle() ? waiting.stream().filter(kind).findFirst().orElse(null) : null;
  }

  /** This change goes group by group, before all others. */
  void isolate(Push push) {
    List<Batch> before = List.copyOf(waiting);
    waiting.clear();
    push.groupwise().forEach(part -> waiting.add(new Batch(List.of(part))));
    before.forEach(batch -> add(batch.without(push)));
  }

  /**
   * What is waiting of these field groups goes apart from the rest; gives the records of which some
   * is waiting on either side.
   */
  Set<String> part(Set<String> groups) {
    if (groups.isEmpty()) {
      return Set.of();
    }
    List<Batch> before = List.copyOf(waiting);
    waiting.clear();
    Set<String> parted = new HashSet<>();
    for (Batch batch : before) {
      Batch some = batch.only(groups::contains);
      Batch rest = batch.only(group -> !groups.contains(group));
      add(rest);
      add(some);
      some.recordIds().stream().filter(rest.recordIds()::contains).forEach(parted::add);
    }
    return parted;
  }

  void send(Batch batch) {
    waiting.remove(batch);
    onTheWay.add(batch);
  }

  boolean isOnTheWay(Batch batch) {
    return onTheWay.contains(batch);
  }

  void arrived(Batch batch) {
    onTheWay.remove(batch);
  }

  /** It has to go once more, before all others. */
  void back(Batch batch) {
    onTheWay.remove(batch);
    waiting.push(batch);
  }

  /** Its parts go instead, before all others. */
  void split(Batch whole) {
    onTheWay.remove(whole);
    List<Batch> parts = new ArrayList<>(whole.parts());
    for (int i = parts.size() - 1; i >= 0; i--) {
      waiting.push(parts.get(i));
    }
  }

  /** One more waits, unless there is nothing in it. */
  void add(Batch batch) {
    if (!batch.pushes().isEmpty()) {
      waiting.add(batch);
    }
  }

  List<Batch> waiting() {
    return List.copyOf(waiting);
  }

  void clear() {
    waiting.clear();
  }

  /** The records of all of them. */
  Set<String> recordIds() {
    return Stream.concat(waiting.stream(), onTheWay.stream())
        .flatMap(batch -> batch.recordIds().stream())
        .collect(Collectors.toSet());
  }
}
