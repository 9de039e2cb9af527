package io.reconciler.program;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/** Work on a thread of its own: an interrupt of whoever waits for it breaks nothing off. */
final class OwnThread {

  private OwnThread() {}

  /** What came of the work; what it failed with is thrown as it is. */
  static <T> T call(String name, Supplier<T> work) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    start(name, work, answer);
    return await(answer, () -> {});
  }

  /** Begins the work, which gives that answer unless somebody gave it before. */
  static <T> void start(String name, Supplier<T> work, CompletableFuture<T> answer) {
    Thread thread =
        new Thread(
            () -> {
              try {
                answer.complete(work.get());
              } catch (RuntimeException | Error e) {
                answer.completeExceptionally(e);
              }
            },
            name);
    // Somebody waits for it; if nobody does any more, it holds up no end of the process.
    thread.setDaemon(true);
    thread.start();
  }

  /** The answer once it is there; an interrupt is told, and kept for whoever comes after. */
  static <T> T await(CompletableFuture<T> answer, Runnable interrupted) {
    boolean seen = false;
    try {
      while (true) {
        try {
          return answer.get();
        } catch (InterruptedException e) {
          seen = true;
          interrupted.run();
        }
      }
    } catch (ExecutionException e) {
      throw unchecked(Objects.requireNonNullElse(e.getCause(), e));
    } finally {
      if (seen) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static RuntimeException unchecked(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
  }
}
