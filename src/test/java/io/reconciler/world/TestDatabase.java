package io.reconciler.world;

import com.zaxxer.hikari.HikariDataSource;
import io.reconciler.settings.DatabaseUrl;
import io.reconciler.side.postgres.Database;
import io.reconciler.side.postgres.Migrations;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One real PostgreSQL for all tests of this JVM; every caller gets an empty database of its own.
 */
public final class TestDatabase {

  private static final AtomicInteger COUNT = new AtomicInteger();

  private TestDatabase() {}

  /** The URL of a new, empty database. */
  public static String url() {
    return url("");
  }

  /**
   * The same with the tables of the program's own mapping and the engine's, as the migrations make
   * them: copied, because a test is about what is in them, and {@code MigrationsTest} about how.
   */
  public static String migratedUrl() {
    return copyOf(Migrated.URL);
  }

  /** The same with all that is in the database at this URL, to which nobody may be connected. */
  public static String copyOf(String url) {
    return url("template " + url.substring(url.lastIndexOf('/') + 1));
  }

  /** The same, with these options of {@code create database}. */
  static String url(String options) {
    String name = "test_" + COUNT.incrementAndGet();
    try (var connection = Server.POSTGRES.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      // Copied file by file: page by page, by way of the log, costs twice as much.
      statement.execute("create database " + name + " strategy file_copy " + options);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return "postgresql://postgres:postgres@localhost:" + Server.POSTGRES.getPort() + "/" + name;
  }

  /** The same URL, when the migrations have made the program's own tables there. */
  public static String migrated(String url) {
    // Nobody may be connected to what is copied.
    try (HikariDataSource pool = pool(url)) {
      new Migrations(pool, World.defaultMapping()).migrate();
    }
    return url;
  }

  /** A pool on the database at this URL. */
  public static HikariDataSource pool(String url) {
    return Database.open(DatabaseUrl.parse(url), 8);
  }

  private static final class Migrated {
    static final String URL = migrated(url());
  }

  private static final class Server {
    static final EmbeddedPostgres POSTGRES = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder()
            // What is run is unpacked here and not where everybody may write.
            .setOverrideWorkingDirectory(Path.of("target", "embedded-pg").toFile())
            .setPort(Ports.free())
            .setPGStartupWait(PatientWaits.PATIENCE)
            // A session time zone that is not UTC: nothing may depend on it.
            .setServerConfig("timezone", "America/St_Johns")
            .setServerConfig("max_connections", "200")
            // Nothing here has to outlive a crash of the server.
            .setServerConfig("full_page_writes", "off")
            .setServerConfig("wal_level", "minimal")
            .setServerConfig("max_wal_senders", "0")
            .setServerConfig("checkpoint_timeout", "1h")
            // It looks at every database there is, once a minute: hundreds at the end.
            .setServerConfig("autovacuum", "off")
            .start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
