package io.reconciler.history;

import io.reconciler.decide.Granularity;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Benches for plays that have nothing to do with each other: a play and its PostgreSQL wait for
 * each other in turn, so that one alone leaves half of two cores idle. Each has a database of its
 * own.
 */
final class Benches implements AutoCloseable {

  private static final int SIDE_BY_SIDE = 2;

  private final BlockingQueue<Bench> free = new LinkedBlockingQueue<>();
  private final ExecutorService players = Executors.newFixedThreadPool(SIDE_BY_SIDE);

  Benches(Granularity granularity) {
    for (int i = 0; i < SIDE_BY_SIDE; i++) {
      free.add(new Bench(granularity));
    }
  }

  /** Plays each of these on a bench that is free; what came of them, in their order. */
  <R> List<R> playAll(List<Player<R>> plays) throws Exception {
    List<Future<R>> results = new ArrayList<>();
    for (Player<R> play : plays) {
      results.add(players.submit(() -> play(play)));
    }
    List<R> values = new ArrayList<>();
    for (Future<R> result : results) {
      values.add(result.get());
    }
    return values;
  }

  /** Plays on a bench that is free. */
  <R> R play(Player<R> player) throws Exception {
    Bench bench = free.take();
    try {
      return player.play(bench);
    } finally {
      free.add(bench);
    }
  }

  @Override
  public void close() {
    players.shutdownNow();
    free.forEach(Bench::close);
  }

  /** What is done on a bench. */
  interface Player<R> {

    /** Does it. */
    R play(Bench bench) throws Exception;
  }
}
