package io.reconciler.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs a command, with a sandbox and a PostgreSQL of its own if it needs them, and says how long it
 * took, when its first request came and how much memory it had at most.
 */
public final class Bench {

  private static final Duration LONGEST = Duration.ofMinutes(10);

  private Bench() {}

  /** Exits with the command's code, with 124 when it does not end in ten minutes. */
  public static void main(String[] args) throws Exception {
    BenchOptions options = BenchOptions.parse(args);
    int code;
    if (options.leads() < 0) {
      code = run(options, null);
    } else {
      try (BenchSides sides = BenchSides.start(options)) {
        code = run(options, sides);
      }
    }
    System.exit(code);
  }

  private static int run(BenchOptions options, @Nullable BenchSides sides) throws Exception {
    int code = 0;
    for (int i = 1; i <= options.runs() && code == 0; i++) {
      if (sides != null) {
        sides.sandbox().clearLogs();
      }
      code = once(options.command(), sides);
    }
    return code;
  }

  private static int once(List<String> command, @Nullable BenchSides sides) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().putAll(sides == null ? Map.of() : sides.environment());
    Instant start = Instant.now();
    Process process = builder.start();
    long kilobytes = 0;
    while (!process.waitFor(50, TimeUnit.MILLISECONDS)) {
      kilobytes = Math.max(kilobytes, peak(process));
      if (Duration.between(start, Instant.now()).compareTo(LONGEST) > 0) {
        process.destroyForcibly().waitFor();
        System.out.println("bench: not done in " + LONGEST.toMinutes() + " minutes");
        return 124;
      }
    }
    report(start, Instant.now(), sides, kilobytes);
    return process.exitValue();
  }

  private static void report(
      Instant start, Instant end, @Nullable BenchSides sides, long kilobytes) {
    StringBuilder line = new StringBuilder("bench: ended after ");
    line.append(Duration.between(start, end).toMillis()).append(" ms");
    Instant first = sides == null ? null : sides.firstRequest();
    if (first != null) {
      line.append(", first request after ")
          .append(Duration.between(start, first).toMillis())
          .append(" ms");
    }
    if (kilobytes > 0) {
      line.append(", at most ").append(kilobytes / 1024).append(" MB resident");
    }
    System.out.println(line);
  }

  /** The most memory that the process had so far; 0 where the system does not tell. */
  private static long peak(Process process) {
    try (var lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException | RuntimeException ended) {
      return 0;
    }
  }
}
