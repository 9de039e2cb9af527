package io.reconciler.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to measure.
 *
 * @param leads records in the sandbox; negative: no sandbox and no PostgreSQL
 * @param rate requests a second that the sandbox allows, 0 for any number
 * @param runs how often the command is run
 * @param mapping the fields of the sandbox; null for those of the program's own mapping
 */
record BenchOptions(int leads, int rate, int runs, @Nullable Path mapping, List<String> command) {

  /** So many leads at that rate, with the program's own mapping and no command. */
  static BenchOptions of(int leads, int rate) {
    return new BenchOptions(leads, rate, 1, null, List.of());
  }

  /** Reads {@code [--leads N] [--rate N] [--runs N] [--mapping FILE] -- COMMAND...}. */
  static BenchOptions parse(String[] args) {
    int leads = -1;
    int rate = 0;
    int runs = 1;
    Path mapping = null;
    int i = 0;
    for (; i < args.length && !args[i].equals("--"); i += 2) {
      switch (args[i]) {
        case "--leads" -> leads = Integer.parseInt(args[i + 1]);
        case "--rate" -> rate = Integer.parseInt(args[i + 1]);
        case "--runs" -> runs = Integer.parseInt(args[i + 1]);
        case "--mapping" -> mapping = Path.of(args[i + 1]);
        default -> throw new IllegalArgumentException("no such option: " + args[i]);
      }
    }
    List<String> command = new ArrayList<>(Arrays.asList(args));
    return new BenchOptions(leads, rate, runs, mapping, command.subList(i + 1, command.size()));
  }
}
