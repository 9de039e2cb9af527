package io.reconciler.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/**
 * The unthrottled pull: a first full sync, one where nothing has changed, the same with 4 % bad
 * values, and beside them the same rows by plain JDBC.
 */
public final class PullBench {

  private static final List<String> HEAP = List.of("-Xmx256m");
  private static final int BAD = 25;

  private PullBench() {}

  /** Leads and rounds. */
  public static void main(String[] args) throws Exception {
    int leads = Integer.parseInt(args[0]);
    int rounds = Integer.parseInt(args[1]);
    boolean statements = args.length > 2;
    Results results = new Results();
    BenchOptions options = BenchOptions.of(leads, 0);
    try (BenchSides sides = BenchSides.start(options)) {
      for (int round = 0; round < rounds; round++) {
        pull(sides, results, "new leads", "nothing changed", leads, statements);
        Baselines.measure(sides, results, leads);
      }
      sides.spoil(BAD);
      for (int round = 0; round < rounds; round++) {
        pull(sides, results, "new leads, 4 % bad values", "the same again", leads, statements);
      }
    }
    results.print(leads + " leads, unthrottled");
    System.exit(0);
  }

  private static void pull(
      BenchSides sides, Results results, String first, String again, int leads, boolean statements)
      throws Exception {
    sides.emptyDatabase();
    for (String name : List.of(first, again)) {
      Measured run = Measured.sync(sides.environment(), HEAP, "--full");
      results.add(name, "records/s", leads / run.seconds());
      results.add(name, "CPU s", run.cpuSeconds());
      results.add(name, "MB", run.peakMegabytes());
      if (statements) {
        statements(sides, name);
      }
    }
  }

  private static void statements(BenchSides sides, String name) throws SQLException {
    System.out.println(name);
    try (Connection connection = sides.connection();
        Statement statement = connection.createStatement()) {
      statement.execute("create extension if not exists pg_stat_statements");
      try (var rows =
          statement.executeQuery(
              "select calls, round(total_exec_time), round((total_exec_time / calls)::numeric, 2),"
                  + " rows, left(regexp_replace(query, '\\s+', ' ', 'g'), 110)"
                  + " from pg_stat_statements where dbid = (select oid from pg_database where"
                  + " datname = current_database()) order by total_exec_time desc limit 16")) {
        while (rows.next()) {
          System.out.printf(
              "%7d calls %7d ms %8s ms each %8d rows  %s%n",
              rows.getLong(1),
              rows.getLong(2),
              rows.getString(3),
              rows.getLong(4),
              rows.getString(5));
        }
      }
      statement.execute("select pg_stat_statements_reset()");
    }
  }

  static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }
}
