package io.reconciler.world;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.reconciler.Reconciler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The program in a process of its own, with its real main class. */
public final class ChildProcess implements AutoCloseable {

  /**
   * What is asked to end is cut off only after this, far longer than anybody waits for it here: a
   * process that ends has ended by itself, however slow the machine is. Tests of the cut itself set
   * the variable.
   */
  private static final String STOP_WITHIN = String.valueOf(Duration.ofMinutes(10).toMillis());

  /** The thread on which the JVM takes SIGTERM, by the name that Linux shows. */
  private static final String HEARD = "SIGTERM handler";

  /** Its bit among those of the signals. */
  private static final long SIGINT = 1 << (2 - 1);

  private final Process process;
  private volatile long signalled;

  private ChildProcess(Process process) {
    this.process = process;
  }

  /** Starts a command in this environment; stderr goes to the file. */
  public static ChildProcess start(Map<String, String> environment, Path errors, String... args) {
    return start(environment, Redirect.PIPE, errors, args);
  }

  /** The same, with stdout elsewhere than where {@link #output} reads it. */
  public static ChildProcess start(
      Map<String, String> environment, Redirect output, Path errors, String... args) {
    ProcessBuilder builder =
        java(System.getProperty("java.class.path"), Reconciler.class.getName());
    builder.command().addAll(List.of(args));
    builder.environment().put("RECONCILER_STOP_WITHIN_MS", STOP_WITHIN);
    builder.environment().putAll(environment);
    builder.redirectOutput(output);
    builder.redirectError(errors.toFile());
    try {
      return new ChildProcess(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A main class in a JVM that soon ends: nothing is compiled twice, and the bytecode is not
   * verified, which the JVM of these tests has done with the same classes.
   */
  public static ProcessBuilder java(String classPath, String mainClass) {
    return new ProcessBuilder(
        new ArrayList<>(
            List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:-BytecodeVerificationRemote",
                "-Xmx256m",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                classPath,
                mainClass)));
  }

  /** Its process id. */
  public long pid() {
    return process.pid();
  }

  /** Whether it has not ended. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Sends SIGKILL and waits for the end. */
  public void kill() {
    close();
  }

  /** Stops it where it is, its connections open (SIGSTOP). */
  public void freeze() {
    signal("-STOP");
  }

  /** Lets it go on (SIGCONT). */
  public void thaw() {
    signal("-CONT");
  }

  /** Sends SIGINT, as Ctrl-C does. */
  public void interrupt() {
    signal("-INT");
  }

  /** Whether it was told to take no notice of SIGINT, as what a script starts beside itself is. */
  public boolean ignoresInterrupts() throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    if (!Files.exists(status)) {
      return false;
    }
    String ignored =
        Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .map(line -> line.substring("SigIgn:".length()).strip())
            .findFirst()
            .orElse("0");
    return (Long.parseUnsignedLong(ignored, 16) & SIGINT) != 0;
  }

  private void signal(String name) {
    try {
      int code = new ProcessBuilder("kill", name, Long.toString(process.pid())).start().waitFor();
      if (code != 0) {
        throw new IllegalStateException("kill " + name + " ended with " + code);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Sends SIGTERM. */
  public void terminate() {
    signalled = System.nanoTime();
    // Not the process's own destroy(), which throws away what was written.
    process.toHandle().destroy();
  }

  /** Sends SIGTERM and waits until the process has taken notice, where the system shows that. */
  public void terminateAndAwaitNotice() {
    terminate();
    Path threads = Path.of("/proc", Long.toString(process.pid()), "task");
    if (Files.isDirectory(threads)) {
      Awaitility.await().until(() -> !isAlive() || hasNoticed(threads));
    }
  }

  private static boolean hasNoticed(Path threads) {
    try (Stream<Path> all = Files.list(threads)) {
      return all.anyMatch(thread -> HEARD.equals(name(thread)));
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }

  private static String name(Path thread) {
    try {
      return Files.readString(thread.resolve("comm")).strip();
    } catch (IOException e) {
      // It has just ended.
      return "";
    }
  }

  /** Its exit code, when it has ended by itself. */
  public int exitCode() throws InterruptedException {
    if (!process.waitFor(PatientWaits.PROCESS_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("it does not end");
    }
    return process.exitValue();
  }

  /** How long it took at most from the signal to the end, milliseconds; waits for the end. */
  public long millisToEnd() throws InterruptedException {
    exitCode();
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - signalled);
  }

  /** What it wrote on stdout, to its end. */
  public String output() throws IOException {
    return new String(process.getInputStream().readAllBytes(), UTF_8);
  }

  /** Closes the pipe from its stdout, as {@code head} does. */
  public void stopReading() throws IOException {
    process.getInputStream().close();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
