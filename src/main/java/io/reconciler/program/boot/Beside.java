package io.reconciler.program.boot;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * Something that is found out on a thread of its own, while its user goes on. Closed, it has come
 * to its end.
 */
public final class Beside<T> implements Supplier<T>, AutoCloseable {

  private final String name;
  private final FutureTask<T> task;
  private boolean begun;

  /** Not yet begun. */
  Beside(String name, Callable<T> work) {
    this.name = name;
    this.task = new FutureTask<>(work);
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

  /** What came of it, once it is there; what it failed with is thrown as it is. */
  @Override
  public T get() {
    begin();
    try {
      return task.get();
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
      get();
    } catch (RuntimeException told) {
      // Whoever wanted to know has asked.
    }
  }
}
