package io.reconciler.side.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.reconciler.settings.DatabaseUrl;
import io.reconciler.world.PatientWaits;
import io.reconciler.world.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A first connection that breaks while the pool still asks what the server is like. */
class FirstConnectionTest {

  private static final String ASKED = "SHOW TRANSACTION ISOLATION LEVEL";

  @ParameterizedTest
  @ValueSource(strings = {"", "?options=-c%20statement_timeout=7s"})
  void the_pool_goes_on_with_the_next_and_sets_no_level_that_there_is_not(String query)
      throws Exception {
    String direct = TestDatabase.url();
    try (Cutter cutter = new Cutter(DatabaseUrl.parse(direct));
        HikariDataSource pool =
            Database.open(
                DatabaseUrl.parse(
                    direct.replaceFirst(":[0-9]+/", ":" + cutter.port() + "/") + query),
                1,
                PatientWaits.PATIENCE)) {
      assertThat(
              JdbcClient.create(pool)
                  .sql("show transaction_isolation")
                  .query(String.class)
                  .single())
          .isEqualTo("read committed");
      assertThat(cutter.connections()).isGreaterThan(1);
    }
  }

  /** Passes everything on, and cuts the first connection off when it asks for the level. */
  private static final class Cutter implements AutoCloseable {

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final AtomicInteger connections = new AtomicInteger();
    private final int target;

    Cutter(DatabaseUrl url) throws IOException {
      target = Integer.parseInt(url.jdbcUrl().replaceFirst(".*:([0-9]+)/.*", "$1"));
      start(this::accept);
    }

    int port() {
      return server.getLocalPort();
    }

    int connections() {
      return connections.get();
    }

    private void accept() throws IOException {
      while (true) {
        Socket client = server.accept();
        Socket postgres = new Socket(InetAddress.getLoopbackAddress(), target);
        boolean first = connections.incrementAndGet() == 1;
        start(() -> pass(client, postgres, first));
        start(() -> pass(postgres, client, false));
      }
    }

    private static void pass(Socket from, Socket to, boolean cut) throws IOException {
      try (from;
          to) {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        byte[] part = new byte[8192];
        for (int length = in.read(part); length >= 0; length = in.read(part)) {
          if (cut && new String(part, 0, length, StandardCharsets.ISO_8859_1).contains(ASKED)) {
            return;
          }
          out.write(part, 0, length);
        }
      }
    }

    private static void start(Work work) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  work.run();
                } catch (IOException e) {
                  // Closed, by either side.
                }
              });
      thread.setDaemon(true);
      thread.start();
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }

  /** What may end by a closed socket. */
  private interface Work {
    void run() throws IOException;
  }
}
