package io.reconciler.ledger;

/** No entry of a ledger is meant by an id, or more than one is. */
public final class UnknownEntryException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private UnknownEntryException(String message) {
    super(message);
  }

  static UnknownEntryException none(LedgerKind kind, String id) {
    return new UnknownEntryException(
        "there is no %s with the id %s: see reconciler %s list --all"
            .formatted(kind.entry(), id, kind.label()));
  }

  static UnknownEntryException several(LedgerKind kind, String id) {
    return new UnknownEntryException(
        "more than one %s has an id that begins with %s: give more of it"
            .formatted(kind.entry(), id));
  }
}
