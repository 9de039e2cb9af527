package io.reconciler.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reconciler.program.boot.TestEngine;
import io.reconciler.sandbox.Fault;
import io.reconciler.world.PatientWaits;
import io.reconciler.world.SideBySide;
import io.reconciler.world.TestDatabase;
import io.reconciler.world.World;
import io.reconciler.world.WorldTest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Databases that hide rows, cut statements short, or stop answering while their port is open. */
@Order(3)
@SideBySide
class HardDatabasesTest extends WorldTest {

  private static final Hole HOLE = Hole.open();
  private static final World OWN =
      World.open(
          HOLE.url(TestDatabase.url()),
          Map.of(),
          Clock.systemUTC(),
          (settings, mapping, database) -> TestEngine.start(settings, mapping, database, Map.of()));

  HardDatabasesTest() {
    super(OWN);
  }

  @AfterAll
  static void close() throws IOException {
    OWN.close();
    HOLE.close();
  }

  @ParameterizedTest
  @CsvSource({
    "leads, access exclusive, canceling statement due to lock timeout",
    "leads, share, the table leads is locked as a whole",
    "reconciler.agreed_value, access exclusive, canceling statement due to lock timeout",
  })
  void a_run_ends_soon_and_says_what_is_locked_and_the_next_one_goes_on(
      String table, String mode, String said) throws SQLException {
    List<String> ids = reconciled(150);
    ids.forEach(id -> leads.update(id, Map.of("SMS Sent Count", 9)));
    claim(ids.get(0), ALICE, GRACE_OVER);

    RunResult meanwhile = syncDuring("lock table " + table + " in " + mode + " mode");
    RunResult next = sync();

    assertThat(meanwhile.failure()).contains(said).contains("the next run goes on");
    // It did not wait for the lock with each of the 150.
    assertThat(meanwhile.stage1().errorCount()).isLessThan(30);
    assertThat(next.stage1().updated()).isEqualTo(150);
    assertThat(next.stage1().errorCount()).isZero();
    assertThat(next.stage2().updated()).isEqualTo(1);
    assertThat(world.sides().differences()).isEmpty();
  }

  @Test
  void many_leads_that_somebody_has_locked_are_left_for_the_next_run() throws SQLException {
    List<String> ids = reconciled(120);
    ids.forEach(id -> leads.update(id, Map.of("SMS Sent Count", 9)));

    RunResult meanwhile = succeeded(syncDuring("select 1 from leads for update"));
    RunResult next = sync();

    assertThat(meanwhile.stage1().errorCount()).isEqualTo(120);
    assertThat(next.stage1().updated()).isEqualTo(120);
    assertThat(next.stage1().errorCount()).isZero();
  }

  @Test
  void a_statement_that_is_cut_short_fails_its_record_alone() {
    List<String> ids = reconciled(5);
    leads.update(ids.get(0), Map.of("First Name", "slow"));
    leads.update(ids.get(1), Map.of("First Name", "quick"));
    slow("8");
    database("set statement_timeout = '1s'");
    try {
      RunResult run = sync();

      assertThat(world.lead(ids.get(1))).containsEntry("first_name", "quick");
      assertThat(world.lead(ids.get(0))).containsEntry("first_name", "Lead 1");
      assertThat(run.stage1().errors()).isNotEmpty().allMatch(text -> text.contains(ids.get(0)));
    } finally {
      database("reset statement_timeout");
      execute("drop trigger slow on leads");
    }
    fullSync();
    assertThat(world.sides().differences()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "statement_timeout = '1s'",
        "transaction_timeout = '1s'",
        "default_transaction_isolation = 'serializable'"
      })
  void what_the_database_is_set_to_for_others_cuts_no_run_short(String setting) {
    List<String> ids = reconciled(3);
    leads.update(ids.get(0), Map.of("First Name", "slow"));
    claim(ids.get(1), ALICE, GRACE_OVER);
    slow("1.5");
    database("set " + setting);
    try {
      sync();

      assertThat(world.sides().differences()).isEmpty();
      assertThat(cell(ids.get(1), "Claimed By")).isEqualTo(ALICE.toString());
      assertThat(world.count("select count(*) from reconciler.dead_letter")).isZero();
    } finally {
      database("reset " + setting.replaceFirst(" .*", ""));
      execute("drop trigger slow on leads");
    }
  }

  @Test
  void a_database_that_stops_answering_ends_the_run_and_the_next_one_makes_it_good()
      throws Exception {
    List<String> ids = reconciled(3);
    claim(ids.get(0), ALICE, GRACE_OVER);
    boolean[] done = {false};
    world
        .sandbox()
        .onRequest(
            request -> {
              if (request.method().equals("PATCH") && !done[0]) {
                done[0] = true;
                HOLE.swallow(true);
              }
              return false;
            },
            Fault.unavailable());

    // One that waited for the answer would wait for ever.
    RunResult run =
        CompletableFuture.supplyAsync(world::sync)
            .get(PatientWaits.PROCESS_PATIENCE.toSeconds(), TimeUnit.SECONDS);
    HOLE.swallow(false);

    assertThat(run.success()).isFalse();
    world.database().getHikariPoolMXBean().softEvictConnections();
    // A connection that was being opened meanwhile holds up whoever asks for one.
    await().ignoreExceptions().until(() -> world.count("select 1") == 1);
    world.sandbox().clearLogs();
    sync();
    assertThat(cell(ids.get(0), "Claimed By")).isEqualTo(ALICE.toString());
    assertThat(world.sides().differences()).isEmpty();
    assertThat(writes()).isZero();
  }

  /** A run during a transaction of the portal's, which has done this and is not ended before it. */
  private RunResult syncDuring(String statement) throws SQLException {
    try (Connection portal =
            DriverManager.getConnection(
                world.database().getJdbcUrl(),
                world.database().getUsername(),
                world.database().getPassword());
        Statement transaction = portal.createStatement()) {
      portal.setAutoCommit(false);
      transaction.execute(statement);
      return world.sync();
    }
  }

  private void slow(String seconds) {
    execute(
        "create or replace function slow() returns trigger language plpgsql as $$ begin"
            + " if new.first_name = 'slow' then perform pg_sleep(%s); end if; return new; end $$"
                .formatted(seconds));
    execute("create trigger slow before update on leads for each row execute function slow()");
  }

  private void database(String change) {
    execute("alter database %s %s".formatted(text("select current_database()"), change));
    world.database().getHikariPoolMXBean().softEvictConnections();
  }

  private void execute(String sql) {
    world.jdbc().sql(sql).update();
  }

  /** Stands before the server and passes everything on, or nothing and keeps the line open. */
  private static final class Hole {

    private final ServerSocket door;
    private volatile boolean swallows;
    private volatile int server;

    private Hole(ServerSocket door) {
      this.door = door;
    }

    static Hole open() {
      try {
        Hole hole = new Hole(new ServerSocket(0));
        daemon(hole::accept);
        return hole;
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    String url(String url) {
      server = Integer.parseInt(url.replaceAll(".*:(\\d+)/.*", "$1"));
      return url.replace(":" + server + "/", ":" + door.getLocalPort() + "/") + "?socketTimeout=5";
    }

    void swallow(boolean now) {
      swallows = now;
    }

    void close() throws IOException {
      door.close();
    }

    private void accept() {
      try {
        while (true) {
          Socket client = door.accept();
          Socket behind = new Socket("localhost", server);
          daemon(() -> pass(client, behind));
          daemon(() -> pass(behind, client));
        }
      } catch (IOException e) {
        // Closed.
      }
    }

    private void pass(Socket from, Socket to) {
      byte[] bytes = new byte[8192];
      try (from;
          to;
          InputStream in = from.getInputStream();
          OutputStream out = to.getOutputStream()) {
        for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
          if (!swallows) {
            out.write(bytes, 0, count);
          }
        }
      } catch (IOException e) {
        // One side has gone.
      }
    }

    private static void daemon(Runnable work) {
      Thread thread = new Thread(work, "hole");
      thread.setDaemon(true);
      thread.start();
    }
  }
}
