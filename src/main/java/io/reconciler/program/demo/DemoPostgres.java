package io.reconciler.program.demo;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The PostgreSQL of a demo: unpacked and kept where nobody else can write, and open to nobody
 * without the password that was made for it.
 */
record DemoPostgres(EmbeddedPostgres server, String url) implements AutoCloseable {

  private static final int PASSWORD_BYTES = 16;
  private static final String SCRAM = "scram-sha-256";

  static DemoPostgres start() throws IOException {
    return start(PrivateFolder.find(System::getenv));
  }

  static DemoPostgres start(Path folder) throws IOException {
    byte[] random = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(random);
    String password = HexFormat.of().formatHex(random);
    Path file = Files.createTempFile(folder, "password", "");
    try {
      Files.writeString(file, password);
      EmbeddedPostgres server =
          EmbeddedPostgres.builder()
              // Below it, since the folder given is opened to others.
              .setOverrideWorkingDirectory(folder.resolve("postgres").toFile())
              // These become options of initdb, which takes the last of several.
              .setLocaleConfig("auth-host", SCRAM)
              .setLocaleConfig("auth-local", SCRAM)
              .setLocaleConfig("pwfile", file.toString())
              .setServerConfig("unix_socket_directories", "")
              .setConnectConfig("password", password)
              .start();
      return new DemoPostgres(server, url(server.getPort(), password));
    } finally {
      Files.delete(file);
    }
  }

  private static String url(int port, String password) {
    return "postgresql://postgres:" + password + "@127.0.0.1:" + port + "/postgres";
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  @Override
  public String toString() {
    return "DemoPostgres";
  }
}
