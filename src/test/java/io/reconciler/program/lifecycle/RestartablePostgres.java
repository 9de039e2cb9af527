package io.reconciler.program.lifecycle;

import io.reconciler.world.PatientWaits;
import io.reconciler.world.Ports;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL that can be stopped and started again, with its data and on its port. */
final class RestartablePostgres implements AutoCloseable {

  private final Path data;
  private final int port;
  private @Nullable EmbeddedPostgres running;

  /** One that does not run yet. */
  RestartablePostgres(Path data) {
    this.data = data;
    this.port = Ports.free();
  }

  String url() {
    return "postgresql://postgres:postgres@localhost:" + port + "/postgres";
  }

  void start() {
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
  void stop() {
    if (running != null) {
      try {
        running.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      running = null;
    }
  }

  @Override
  public void close() {
    stop();
  }
}
