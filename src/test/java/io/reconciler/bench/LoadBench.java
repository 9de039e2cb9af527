package io.reconciler.bench;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Portal users at a constant rate while a sync of 10,000 changed leads goes on. A request is sent
 * when its time has come, whether or not those before it are answered, and its latency counts from
 * then.
 */
public final class LoadBench {

  private static final int LEADS = 10_000;
  private static final int RATE = 200;
  private static final long WORST_P99_MS = 250;

  private LoadBench() {}

  /** Exits with 1 when a request failed or the latency is not kept. */
  public static void main(String[] args) throws Exception {
    System.exit(isKept() ? 0 : 1);
  }

  private static boolean isKept() throws Exception {
    BenchOptions options =
        BenchOptions.parse(new String[] {"--leads", "" + LEADS, "--rate", "5", "--", "serve"});
    try (BenchSides sides = BenchSides.start(options);
        ServiceProcess service = ServiceProcess.start(sides, "-Xmx512m")) {
      System.out.println("bench: the first sync");
      service.sync(1440);
      List<String> ids = sides.table().ids();
      ids.forEach(id -> sides.table().update(id, Map.of("SMS Sent Count", 77)));
      System.out.println("bench: every lead has changed; the next sync, under load");
      warmUp(service);
      CompletableFuture<Void> sync = CompletableFuture.runAsync(() -> sync(service));
      Load load = new Load(service);
      while (!sync.isDone()) {
        load.next();
      }
      sync.get();
      return load.report();
    }
  }

  private static void sync(ServiceProcess service) {
    try {
      service.sync(1440);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void warmUp(ServiceProcess service) throws Exception {
    Load load = new Load(service);
    for (int i = 0; i < RATE * 5; i++) {
      load.next();
    }
    load.await();
  }

  /** Requests at their times. */
  private static final class Load {

    private final ServiceProcess service;
    private final HttpRequest request;
    private final long start = System.nanoTime();
    private final List<CompletableFuture<Long>> latencies = new ArrayList<>();
    private final AtomicInteger errors = new AtomicInteger();

    Load(ServiceProcess service) {
      this.service = service;
      this.request = service.request("GET", "/api/leads", "");
    }

    void next() {
      long due = start + latencies.size() * TimeUnit.SECONDS.toNanos(1) / RATE;
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      latencies.add(
          service
              .http()
              .sendAsync(request, BodyHandlers.ofByteArray())
              .handle(
                  (answer, failure) -> {
                    if (failure != null || answer.statusCode() != 200) {
                      errors.incrementAndGet();
                    }
                    return System.nanoTime() - due;
                  }));
    }

    void await() {
      latencies.forEach(CompletableFuture::join);
    }

    boolean report() {
      await();
      long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
      List<Long> sorted = latencies.stream().map(CompletableFuture::join).sorted().toList();
      System.out.printf(
          "bench: %d requests in %d s while the sync ran, %d errors; p50 %d ms, p95 %d ms, p99 %d ms, worst %d ms%n",
          sorted.size(),
          seconds,
          errors.get(),
          part(sorted, 0.5),
          part(sorted, 0.95),
          part(sorted, 0.99),
          part(sorted, 1));
      return errors.get() == 0 && part(sorted, 0.99) < WORST_P99_MS;
    }

    private static long part(List<Long> sorted, double share) {
      int index = Math.max(0, (int) Math.ceil(sorted.size() * share) - 1);
      return TimeUnit.NANOSECONDS.toMillis(sorted.get(index));
    }
  }
}
