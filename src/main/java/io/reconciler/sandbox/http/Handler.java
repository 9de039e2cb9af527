package io.reconciler.sandbox.http;

/** Answers requests, on any thread. */
@FunctionalInterface
public interface Handler {

  /** Returns the answer, which also says whether and how completely it is sent. */
  Reply handle(Call call);
}
