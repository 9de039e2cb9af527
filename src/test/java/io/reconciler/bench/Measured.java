package io.reconciler.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One run of the program as a process of its own.
 *
 * @param result what {@code sync --json} printed
 */
record Measured(Duration wall, Duration cpu, long peakMegabytes, Instant started, JsonNode result) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LONGEST = Duration.ofMinutes(20);

  /** Runs {@code sync --json} with these arguments and options of Java. */
  static Measured sync(Map<String, String> environment, List<String> java, String... arguments)
      throws Exception {
    List<String> command = new ArrayList<>(List.of("./reconciler", "sync", "--json"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.environment().put("JAVA_OPTS", String.join(" ", java));
    Path out = Files.createTempFile(Path.of("target"), "bench", ".json");
    builder.redirectOutput(out.toFile());
    builder.redirectError(Path.of("target", "bench.log").toFile());
    Instant started = Instant.now();
    Process process = builder.start();
    long peak = 0;
    Duration cpu = Duration.ZERO;
    while (!process.waitFor(20, TimeUnit.MILLISECONDS)) {
      peak = Math.max(peak, peak(process));
      cpu = process.info().totalCpuDuration().orElse(cpu);
      if (Duration.between(started, Instant.now()).compareTo(LONGEST) > 0) {
        process.destroyForcibly();
        throw new IllegalStateException("not done in " + LONGEST);
      }
    }
    String text = Files.readString(out);
    Files.delete(out);
    JsonNode result = text.isBlank() ? MissingNode.getInstance() : JSON.readTree(text);
    if (process.exitValue() != 0 && process.exitValue() != 3) {
      throw new IllegalStateException(
          "exit code " + process.exitValue() + ": " + result + ", see target/bench.log");
    }
    return new Measured(
        Duration.between(started, Instant.now()), cpu, peak / 1024, started, result);
  }

  /** How long the run itself took, without the start of the program. */
  double seconds() {
    return result.path("duration").asLong() / 1000.0;
  }

  double cpuSeconds() {
    return cpu.toMillis() / 1000.0;
  }

  long requests() {
    return result.path("airtableRequests").asLong();
  }

  /** The most memory that the process had so far, kilobytes; 0 where the system does not tell. */
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
