package io.reconciler.engine.repair;

import java.util.List;

/** No entry of a ledger is meant by an id, or more than one is. */
public final class UnknownEntryException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // a copy of a list is serializable
  private final List<String> candidates;

  private UnknownEntryException(String message, List<String> candidates) {
    super(message);
    this.candidates = List.copyOf(candidates);
  }

  /** Which entries could be meant, a line each; empty when there are none. */
  public List<String> candidates() {
    return candidates;
  }

  static UnknownEntryException none(LedgerKind kind, String id) {
    return new UnknownEntryException(
        "there is no %s with the id %s: see reconciler %s list --all"
            .formatted(kind.entry(), id, kind.label()),
        List.of());
  }

  static UnknownEntryException several(LedgerKind kind, String id, List<String> candidates) {
    return new UnknownEntryException(
        "more than one %s has an id that begins with %s: give more of it"
            .formatted(kind.entry(), id),
        candidates);
  }
}
