package io.reconciler.program.boot;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;

/**
 * Makes something ready on a thread of its own, while whoever needs it goes on. Closed, it has come
 * to its end.
 */
public final class Preparation implements AutoCloseable {

  private final String name;
  private final FutureTask<?> task;
  private boolean begun;

  /** Not yet begun. */
  Preparation(String name, Runnable work) {
    this.name = name;
    this.task = new FutureTask<>(Executors.callable(work));
  }

  /** Of what is ready as it is. */
  static Preparation none() {
    Preparation none = new Preparation("none", () -> {});
    none.task.run();
    none.begun = true;
    return none;
  }

  /** Begins, unless it has begun. */
  void begin() {
    if (!begun) {
      begun = true;
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** Waits for its end, and begins it if need be; what it failed with is thrown as it is. */
  void await() {
    begin();
    try {
      task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    if (!begun) {
      return;
    }
    try {
      await();
    } catch (RuntimeException told) {
      // Whoever wanted to know has asked.
    }
  }
}
