package io.reconciler.program;

import io.reconciler.engine.run.ClientOutcome;
import io.reconciler.engine.run.RunRequest;
import io.reconciler.program.boot.Engine;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The calls for runs that are under way: some at a time, the others wait for their turn. Their end
 * is made on a thread that nobody interrupts.
 */
final class EmbeddedCalls {

  /** As many as the service reconciles at a time: the connections are for so many. */
  private static final int AT_A_TIME = 5;

  private static final String CLOSE = "close()";
  private static final String NOT_IN_TIME =
      "stopped by close(), and the run did not end in time; the next run makes it good";

  private final Engine engine;
  private final KnownClients known;
  private final Semaphore turns = new Semaphore(AT_A_TIME);
  private final Set<EmbeddedCall> underWay = new HashSet<>();
  private boolean closed;

  EmbeddedCalls(Engine engine, KnownClients known) {
    this.engine = engine;
    this.known = known;
  }

  /**
   * What came of a request.
   *
   * @throws IllegalStateException when they have been ended
   */
  List<ClientOutcome> make(RunRequest request) {
    EmbeddedCall call = begin(request);
    try {
      return call.make(turns);
    } finally {
      over(call);
    }
  }

  private synchronized EmbeddedCall begin(RunRequest request) {
    if (closed) {
      throw new IllegalStateException("this reconciler was closed: open another one");
    }
    EmbeddedCall call = new EmbeddedCall(engine, request, known);
    underWay.add(call);
    return call;
  }

  private synchronized void over(EmbeddedCall call) {
    underWay.remove(call);
  }

  /** No other begins; those under way end between two steps, or are cut off after that time. */
  void end(Duration within) {
    Set<EmbeddedCall> left = left();
    left.forEach(call -> call.stop(CLOSE));
    if (!areDone(left, within)) {
      engine.cutOff(NOT_IN_TIME);
      left.forEach(call -> call.cutOff(CLOSE, NOT_IN_TIME));
    }
  }

  private synchronized Set<EmbeddedCall> left() {
    closed = true;
    return Set.copyOf(underWay);
  }

  private static boolean areDone(Set<EmbeddedCall> calls, Duration within) {
    CompletableFuture<?>[] each =
        calls.stream().map(EmbeddedCall::done).toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(each).get(within.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException e) {
      // Its caller is told.
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }
}
