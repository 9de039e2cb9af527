package io.reconciler.world;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.reconciler.Reconciler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The program in a process of its own, with its real main class. */
public final class ChildProcess implements AutoCloseable {

  private static final long LONGEST_SECONDS = 60;

  private final Process process;
  private volatile long signalled;

  private ChildProcess(Process process) {
    this.process = process;
  }

  /** Starts a command in this environment; stderr goes to the file. */
  public static ChildProcess start(Map<String, String> environment, Path errors, String... args) {
    ProcessBuilder builder =
        new ProcessBuilder(
            Stream.concat(
                    Stream.of(
                        System.getProperty("java.home") + "/bin/java",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Reconciler.class.getName()),
                    List.of(args).stream())
                .toList());
    builder.environment().putAll(environment);
    builder.redirectError(errors.toFile());
    try {
      return new ChildProcess(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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

  /** Its exit code, when it has ended by itself. */
  public int exitCode() throws InterruptedException {
    if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("it does not end");
    }
    return process.exitValue();
  }

  /** How long it took from the signal to the end, milliseconds; waits for the end. */
  public long millisToEnd() throws InterruptedException {
    exitCode();
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - signalled);
  }

  /** What it wrote on stdout, to its end. */
  public String output() throws IOException {
    return new String(process.getInputStream().readAllBytes(), UTF_8);
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
