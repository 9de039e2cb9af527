package io.reconciler.bench;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Many runs in one service with a small heap, with edits on both sides before each: what lives in
 * its heap after a full collection, its threads and its database connections must not grow.
 */
public final class MemoryBench {

  private static final int LEADS = 300;
  private static final int EDITS = 5;
  private static final int STEPS = 5;
  private static final double ROOM = 1.1;
  private static final long SPARE = 3_000_000;

  private MemoryBench() {}

  /** Exits with 1 when something grew; the number of runs is the only argument. */
  public static void main(String[] args) throws Exception {
    boolean flat = isFlat(Integer.parseInt(args[0]));
    System.out.println(flat ? "bench: flat" : "bench: it grew");
    System.exit(flat ? 0 : 1);
  }

  private static boolean isFlat(int runs) throws Exception {
    BenchOptions options = BenchOptions.parse(new String[] {"--leads", "" + LEADS, "--", "serve"});
    try (BenchSides sides = BenchSides.start(options);
        ServiceProcess service = ServiceProcess.start(sides, "-Xmx256m");
        Connection portal = sides.postgres().getPostgresDatabase().getConnection()) {
      service.sync(1440);
      System.out.println("  runs   live heap   threads   connections   resident");
      Sample first = null;
      Sample last = null;
      for (int run = 1; run <= runs; run++) {
        edit(sides, portal, new Random(run));
        service.sync(20);
        if (run % (runs / STEPS) == 0) {
          last = Sample.of(run, service, portal);
          first = first == null ? last : first;
          System.out.println(last.line());
        }
      }
      return last != null && !last.grewFrom(first);
    }
  }

  private static void edit(BenchSides sides, Connection portal, Random random) throws SQLException {
    List<String> ids = sides.table().ids();
    try (Statement statement = portal.createStatement()) {
      for (int i = 0; i < EDITS; i++) {
        sides
            .table()
            .update(ids.get(random.nextInt(LEADS)), Map.of("SMS Sent Count", random.nextInt(1000)));
        statement.executeUpdate(
            "update leads set claimed_by = gen_random_uuid(), claimed_at = now(), updated_at ="
                + " clock_timestamp() where airtable_record_id = '"
                + ids.get(random.nextInt(LEADS))
                + "'");
      }
    }
  }

  private record Sample(int run, long heap, long threads, long connections, long resident) {

    // The histogram makes a full collection first: what it counts is alive.
    static Sample of(int run, ServiceProcess service, Connection portal) throws Exception {
      String[] lines = service.jcmd("GC.class_histogram").trim().split("\n", -1);
      String[] total = lines[lines.length - 1].trim().split("\\s+", -1);
      try (Statement statement = portal.createStatement();
          ResultSet open =
              statement.executeQuery(
                  "select count(*) from pg_stat_activity where application_name = 'reconciler'")) {
        open.next();
        return new Sample(
            run,
            Long.parseLong(total[2]),
            service.status("Threads"),
            open.getLong(1),
            service.status("VmRSS") / 1024);
      }
    }

    boolean grewFrom(Sample first) {
      return heap > first.heap * ROOM + SPARE
          || threads > first.threads + 5
          || connections > first.connections + 5;
    }

    String line() {
      return "%6d %8.1f MB %9d %13d %7d MB"
          .formatted(run, heap / 1e6, threads, connections, resident);
    }
  }
}
