package io.reconciler.service.page;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** How far some work has come; for any thread. */
final class JobProgress {

  private final AtomicLong done = new AtomicLong();
  private final AtomicLong total = new AtomicLong();

  void done(long count) {
    done.set(count);
  }

  void oneMore() {
    done.incrementAndGet();
  }

  void total(long count) {
    total.set(count);
  }

  long done() {
    return done.get();
  }

  /** Null while it is not known. */
  @Nullable Long total() {
    return total.get() == 0 ? null : total.get();
  }
}
