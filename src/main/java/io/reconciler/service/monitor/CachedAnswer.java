package io.reconciler.service.monitor;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An answer that may be long in coming: asked for on a thread of its own, once at a time, and good
 * for a while. Whoever asks never waits longer than the patience.
 */
final class CachedAnswer<T> implements AutoCloseable {

  private final Supplier<T> source;
  private final Duration good;
  private final Duration patience;
  private final Clock clock;
  private final ExecutorService thread;
  private @Nullable CompletableFuture<T> asked;
  private Instant askedAt = Instant.MIN;

  CachedAnswer(String name, Supplier<T> source, Duration good, Duration patience, Clock clock) {
    this.source = source;
    this.good = good;
    this.patience = patience;
    this.clock = clock;
    this.thread =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread made = new Thread(work, name);
              made.setDaemon(true);
              return made;
            });
  }

  /** The answer; empty when there is none within the patience, or the source has thrown. */
  Optional<T> get() {
    try {
      return Optional.of(current().get(patience.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException | ExecutionException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private synchronized CompletableFuture<T> current() {
    CompletableFuture<T> last = asked;
    Instant now = clock.instant();
    if (last != null && (!last.isDone() || now.isBefore(askedAt.plus(good)))) {
      return last;
    }
    CompletableFuture<T> next = CompletableFuture.supplyAsync(source, thread);
    asked = next;
    askedAt = now;
    return next;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
