package io.reconciler.history;

import io.reconciler.sandbox.Fault;
import io.reconciler.sandbox.LoggedRequest;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** A way in which requests to Airtable go wrong. */
enum InjectedFault {
  BUSY(any(), () -> Fault.unavailable().times(2)),
  DOWN(any(), () -> Fault.unavailable().times(12)),
  TOO_MANY(any(), Fault::rateLimited),
  PROXY_PAGE(any(), Fault::html),
  NO_CONNECTION(any(), Fault::dropBefore),
  HALF_AN_ANSWER(any(), Fault::truncated),
  FORGOTTEN_LISTING(listing(), Fault::expiredIterator),
  LOST_ANSWER(patch(), Fault::dropAfter),
  ANSWERS_LOST(patch(), () -> Fault.dropAfter().times(5)),
  HALF_A_CONFIRMATION(patch(), () -> Fault.truncated().times(5)),
  NO_PATCH(patch(), () -> Fault.unavailable().times(5)),
  NO_LISTING(listing(), () -> Fault.html().times(5));

  private final Predicate<LoggedRequest> which;
  private final Supplier<Fault> fault;

  InjectedFault(Predicate<LoggedRequest> which, Supplier<Fault> fault) {
    this.which = which;
    this.fault = fault;
  }

  Predicate<LoggedRequest> which() {
    return which;
  }

  Fault fault() {
    return fault.get();
  }

  private static Predicate<LoggedRequest> any() {
    return request -> true;
  }

  private static Predicate<LoggedRequest> patch() {
    return request -> request.method().equals("PATCH");
  }

  private static Predicate<LoggedRequest> listing() {
    return request -> !request.method().equals("PATCH");
  }
}
