package io.reconciler.program;

import io.reconciler.engine.failure.FailureText;
import io.reconciler.engine.failure.RunInterruptedException;
import io.reconciler.engine.run.Client;
import io.reconciler.engine.run.ClientOutcome;
import io.reconciler.engine.run.NoActiveClientException;
import io.reconciler.engine.run.ProgressListener;
import io.reconciler.engine.run.Run;
import io.reconciler.engine.run.RunRequest;
import io.reconciler.program.boot.Engine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * One call for runs. They go on a thread of their own, since an interrupt of the caller's would
 * break off whatever is under way: it asks them to stop instead, and they end between two steps.
 */
final class EmbeddedCall implements ProgressListener {

  private static final String INTERRUPT = "an interrupt of the thread that called for it";

  /** So often a call that waits for its turn looks whether it is to stop, milliseconds. */
  private static final long LOOK = 100;

  private final Engine engine;
  private final RunRequest request;
  private final KnownClients known;
  private final Map<UUID, Run> runs = new LinkedHashMap<>();
  private final CompletableFuture<List<ClientOutcome>> answer = new CompletableFuture<>();
  private @Nullable String stopAskedBy;
  private @Nullable Run last;

  EmbeddedCall(Engine engine, RunRequest request, KnownClients known) {
    this.engine = engine;
    this.request = request;
    this.known = known;
  }

  /** Does it in its turn; returns when it is done, or cut off. */
  List<ClientOutcome> make(Semaphore turns) {
    Map<String, String> log = MDC.getCopyOfContextMap();
    OwnThread.start("reconcile", () -> work(turns, log), answer);
    return OwnThread.await(answer, () -> stop(INTERRUPT));
  }

  /** Its runs end before their next request to Airtable; the first to ask is named. */
  synchronized void stop(String by) {
    if (stopAskedBy == null) {
      stopAskedBy = by;
      runs.values().forEach(run -> run.askToStop(by));
    }
  }

  /** Done once it is. */
  CompletableFuture<?> done() {
    return answer;
  }

  /** Its caller waits no more. */
  void cutOff(String by, String why) {
    List<ClientOutcome> outcomes = outcomes(new RunInterruptedException(by), why);
    if (outcomes.isEmpty()) {
      answer.completeExceptionally(new IllegalStateException(why));
    } else {
      answer.complete(outcomes);
    }
  }

  @Override
  public void clients(List<Client> clients) {
    known.told(request, clients);
  }

  @Override
  public synchronized void begins(Run run) {
    runs.put(run.client().id(), run);
    last = run;
    if (stopAskedBy != null) {
      run.askToStop(stopAskedBy);
    }
  }

  private List<ClientOutcome> work(Semaphore turns, @Nullable Map<String, String> log) {
    if (log != null) {
      MDC.setContextMap(log);
    }
    boolean turn = takeTurn(turns);
    try {
      return reconcile();
    } finally {
      if (turn) {
        turns.release();
      }
    }
  }

  // Whoever is to stop needs none: no run of it gets as far as to take a lock.
  private boolean takeTurn(Semaphore turns) {
    try {
      while (!isToStop()) {
        if (turns.tryAcquire(LOOK, TimeUnit.MILLISECONDS)) {
          return true;
        }
      }
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }

  private synchronized boolean isToStop() {
    return stopAskedBy != null;
  }

  private List<ClientOutcome> reconcile() {
    try {
      return engine.reconcile(request, this);
    } catch (NoActiveClientException e) {
      known.told(request, List.of());
      throw e;
    } catch (RuntimeException e) {
      if (known.of(request).isEmpty()) {
        throw e;
      }
      return outcomes(e, FailureText.of(e));
    }
  }

  /** What there is to say of each client: how its run stands, or that it did not begin. */
  private synchronized List<ClientOutcome> outcomes(Throwable notBegun, String cutOff) {
    return known.of(request).stream()
        .map(
            client -> {
              Run run = runs.get(client.id());
              return run == null ? engine.notBegun(client, request, notBegun) : of(run, cutOff);
            })
        .toList();
  }

  private ClientOutcome of(Run run, String cutOff) {
    if (!run.isOngoing()) {
      return ClientOutcome.of(run);
    }
    return run.equals(last) ? ClientOutcome.cutOff(run, cutOff) : ClientOutcome.busy(run.client());
  }
}
