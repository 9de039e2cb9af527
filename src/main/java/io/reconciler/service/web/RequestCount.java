package io.reconciler.service.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.web.filter.OncePerRequestFilter;

/** Counts the requests that keep a thread of the server at API and pages. */
final class RequestCount extends OncePerRequestFilter {

  private final int threads;
  private final Clock clock;
  private final AtomicInteger busy = new AtomicInteger();
  private volatile Instant lastEnd;

  /** Of a server with so many threads. */
  RequestCount(int threads, Clock clock) {
    this.threads = threads;
    this.clock = clock;
    this.lastEnd = clock.instant();
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    busy.incrementAndGet();
    try {
      chain.doFilter(request, response);
    } finally {
      busy.decrementAndGet();
      lastEnd = clock.instant();
    }
  }

  int busy() {
    return busy.get();
  }

  /** Whether another one would have to wait. */
  boolean isFull() {
    return busy.get() >= threads;
  }

  /** Whether all threads are taken and none has become free for so long. */
  boolean isStuck(Duration time) {
    return isFull() && lastEnd.isBefore(clock.instant().minus(time));
  }
}
