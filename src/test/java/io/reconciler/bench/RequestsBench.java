package io.reconciler.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many requests a run of each kind takes, against the least that Airtable's pages allow. */
public final class RequestsBench {

  private static final int PAGE = 100;
  private static final int BATCH = 10;
  private static final int RUNS_OF_A_MONTH = 30 * 24 * 3;
  private static final int SWEEPS_OF_A_MONTH = 4;

  private RequestsBench() {}

  /** The number of leads is the only argument. */
  public static void main(String[] args) throws Exception {
    int leads = Integer.parseInt(args[0]);
    Results results = new Results();
    try (BenchSides sides = BenchSides.start(BenchOptions.of(leads, 0))) {
      Map<String, String> environment = new HashMap<>(sides.environment());
      environment.put("RECONCILER_GRACE_PERIOD_MS", "0");
      long first = run(environment, results, "the first full sweep", pages(leads), "--full");
      long idle = run(environment, results, "idle", 1);
      for (int changed : new int[] {1, PAGE, Math.min(leads, 10_000)}) {
        List<String> ids = sides.table().ids().subList(0, changed);
        ids.forEach(id -> sides.table().update(id, Map.of("SMS Sent Count", changed)));
        run(environment, results, changed + " changed in Airtable", pages(changed));
        sides.forgetWindow();
      }
      for (int changed : new int[] {1, PAGE, Math.min(leads, 2_000)}) {
        edit(sides, changed);
        long floor = 1 + pages(changed) + (changed + BATCH - 1) / BATCH;
        run(environment, results, changed + " changed in the portal", floor);
        run(environment, results, "the run after those " + changed, pages(changed));
        sides.forgetWindow();
      }
      results.print("a run over " + leads + " leads");
      System.out.printf(
          "%na month of runs every 20 minutes and a sweep a week, nothing changed: %,d requests"
              + " (Free allows 1,000, Team 100,000)%n",
          RUNS_OF_A_MONTH * idle + SWEEPS_OF_A_MONTH * first);
    }
    System.exit(0);
  }

  private static long run(
      Map<String, String> environment, Results results, String name, long floor, String... more)
      throws Exception {
    Measured run = Measured.sync(environment, List.of(), more);
    results.add(name, "requests", run.requests());
    results.add(name, "floor", floor);
    results.add(name, "over it", run.requests() - floor);
    return run.requests();
  }

  private static long pages(int records) {
    return Math.max(1, (records + PAGE - 1) / PAGE);
  }

  private static void edit(BenchSides sides, int leads) throws SQLException {
    try (Connection portal = sides.connection();
        Statement statement = portal.createStatement()) {
      statement.executeUpdate(
          "update leads set claimed_by = gen_random_uuid(), claimed_at = now(), updated_at ="
              + " clock_timestamp() where id in (select id from leads order by airtable_record_id"
              + " limit "
              + leads
              + ")");
    }
  }
}
