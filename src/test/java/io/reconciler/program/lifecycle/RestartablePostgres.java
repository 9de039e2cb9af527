package io.reconciler.program.lifecycle;

import io.reconciler.world.PatientWaits;
import io.reconciler.world.Ports;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL that can be stopped and started again, with its data and on its port. */
public final class RestartablePostgres implements AutoCloseable {

  private final Path data;
  private final int port;
  private @Nullable EmbeddedPostgres running;

  /** One that does not run yet. */
  public RestartablePostgres(Path data) {
    this.data = data;
    this.port = Ports.free();
  }

  /** Where it is, or will be. */
  public String url() {
    return "postgresql://postgres:postgres@localhost:" + port + "/postgres";
  }

  /** Starts it; it is there when this returns. */
  public void start() {
    try {
      running =
          EmbeddedPostgres.builder()
              .setOverrideWorkingDirectory(Path.of("target", "embedded-pg").toFile())
              .setPort(port)
              .setPGStartupWait(PatientWaits.PATIENCE)
              .setDataDirectory(data)
              .setCleanDataDirectory(false)
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stops it at once: its connections end, as in a crash. */
  public void stop() {
    if (running != null) {
      try {
        running.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      running = null;
    }
  }

  /** Its processes stand still: it answers nobody, and ends no connection. */
  public void hang() {
    signal("-STOP");
  }

  /** They go on. */
  public void goOn() {
    signal("-CONT");
  }

  private void signal(String signal) {
    if (running == null) {
      return;
    }
    try {
      long pid = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
      ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
      List<String> command = new ArrayList<>(List.of("kill", signal, String.valueOf(pid)));
      postmaster.descendants().forEach(each -> command.add(String.valueOf(each.pid())));
      new ProcessBuilder(command).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    stop();
  }
}
