package io.reconciler.history;

import io.reconciler.sandbox.Fault;
import io.reconciler.sandbox.LoggedRequest;
import io.reconciler.sandbox.Sandbox;
import java.util.concurrent.atomic.AtomicBoolean;
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
  NO_LISTING(listing(), () -> Fault.html().times(5)),
  /** A PATCH arrives, and nothing can be read from then on: the run never knows. */
  LOST_THEN_DOWN(patch(), Fault::dropAfter) {
    @Override
    void on(Sandbox sandbox) {
      AtomicBoolean sent = new AtomicBoolean();
      sandbox.onRequest(request -> !isPatch(request) && sent.get(), Fault.unavailable().always());
      sandbox.onRequest(request -> isPatch(request) && !sent.getAndSet(true), fault());
    }
  },
  /** The token may write nothing for a while. */
  FORBIDDEN(
      patch(),
      () ->
          Fault.answer(
                  403,
                  "{\"error\":{\"type\":\"INVALID_PERMISSIONS\",\"message\":\"You are not permitted"
                      + " to perform this operation\"}}")
              .times(5)),
  /** A value is refused once, and would be taken when it comes again. */
  REFUSED_ONCE(patch(), () -> Fault.answer(422, Play.REFUSAL)),
  /** The month's requests are used up. */
  USED_UP(
      patch(),
      () -> Fault.answer(429, "{\"errors\":[{\"error\":\"PUBLIC_API_BILLING_LIMIT_EXCEEDED\"}]}"));

  private final Predicate<LoggedRequest> which;
  private final Supplier<Fault> fault;

  InjectedFault(Predicate<LoggedRequest> which, Supplier<Fault> fault) {
    this.which = which;
    this.fault = fault;
  }

  /** How many of them, from the first, histories of many records meet; the rest is for one edit. */
  static int anywhere() {
    return LOST_THEN_DOWN.ordinal();
  }

  /** From now on requests go wrong this way. */
  void on(Sandbox sandbox) {
    sandbox.onRequest(which, fault());
  }

  Fault fault() {
    return fault.get();
  }

  private static Predicate<LoggedRequest> any() {
    return request -> true;
  }

  private static Predicate<LoggedRequest> patch() {
    return InjectedFault::isPatch;
  }

  private static Predicate<LoggedRequest> listing() {
    return request -> !isPatch(request);
  }

  private static boolean isPatch(LoggedRequest request) {
    return request.method().equals("PATCH");
  }
}
