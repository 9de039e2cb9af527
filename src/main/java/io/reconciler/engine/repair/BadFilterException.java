package io.reconciler.engine.repair;

/** A filter of a ledger says nothing that can be looked for. */
public final class BadFilterException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BadFilterException(String filter, String problem) {
    super(filter + " " + problem);
  }
}
