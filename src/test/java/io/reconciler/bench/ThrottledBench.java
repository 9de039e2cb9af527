package io.reconciler.bench;

import io.reconciler.sandbox.Fault;
import io.reconciler.sandbox.LoggedRequest;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** How long a pull and a push take at 5 requests a second, against the least that this allows. */
public final class ThrottledBench {

  private static final int RATE = 5;
  private static final int PAGE = 100;
  private static final int BATCH = 10;
  private static final int STEPS = 9;

  private ThrottledBench() {}

  /** Leads to pull, and leads to push. */
  public static void main(String[] args) throws Exception {
    int pulled = Integer.parseInt(args[0]);
    int pushed = Integer.parseInt(args[1]);
    Results results = new Results();
    for (int[] answers : new int[][] {{0, 0}, {100, 100}, {150, 350}}) {
      try (BenchSides sides = BenchSides.start(BenchOptions.of(pulled, RATE))) {
        slow(sides, answers[0], answers[1]);
        measure(sides, results, answers, pulled, pushed);
      }
    }
    results.print("at 5 requests a second");
    System.exit(0);
  }

  private static void measure(
      BenchSides sides, Results results, int[] answers, int pulled, int pushed) throws Exception {
    sides.sandbox().clearLogs();
    Map<String, String> environment = new HashMap<>(sides.environment());
    environment.put("RECONCILER_GRACE_PERIOD_MS", "0");
    String within = ", answers in " + answers[0] + " to " + answers[1] + " ms";
    double mean = (answers[0] + answers[1]) / 2000.0;
    Measured pull = Measured.sync(environment, List.of(), "--full");
    double least = Math.max(floor(pull.requests()), pages(pulled) * mean);
    arrivals(sides, "pull", pull);
    add(results, "pull of " + pulled + within, pull, least);
    edit(sides, pushed);
    Measured push = Measured.sync(environment, List.of());
    arrivals(sides, "push", push);
    add(results, "push of " + pushed + within, push, floor(1 + pages(pushed) + pushed / BATCH));
    edit(sides, pushed);
    sides.table().ids().subList(pulled - pushed, pulled).forEach(id -> touch(sides, id));
    Measured both = Measured.sync(environment, List.of());
    arrivals(sides, "both", both);
    long requests = 2 * pages(pushed) + pages(pushed) + pushed / BATCH;
    add(results, "pull and push of " + pushed + within, both, floor(requests));
  }

  private static void touch(BenchSides sides, String id) {
    sides.table().update(id, Map.of("SMS Sent Count", 7));
  }

  /** When each request came, milliseconds after the start of the program; the log begins anew. */
  private static void arrivals(BenchSides sides, String name, Measured run) {
    StringBuilder line = new StringBuilder(name);
    for (LoggedRequest request : sides.sandbox().requests()) {
      line.append(' ')
          .append(request.method().charAt(0))
          .append(Duration.between(run.started(), request.at()).toMillis());
    }
    line.append(" end ").append(run.wall().toMillis());
    System.out.println(line);
    sides.sandbox().clearLogs();
  }

  private static void add(Results results, String name, Measured run, double floor) {
    results.add(name, "s", run.seconds());
    results.add(name, "floor s", floor);
    results.add(name, "ratio", run.seconds() / floor);
    results.add(name, "requests", run.requests());
    results.add(name, "429s", run.result().path("rateLimitWaits").asLong());
  }

  // The first five need not wait.
  private static double floor(long requests) {
    return Math.max(0, requests - RATE) / (double) RATE;
  }

  private static long pages(int records) {
    return (records + PAGE - 1) / PAGE;
  }

  // Each answer after another time, all of them as likely.
  private static void slow(BenchSides sides, int least, int most) {
    for (int i = 0; i < STEPS && most > 0; i++) {
      int left = STEPS - i;
      Duration delay = Duration.ofMillis(least + (most - least) * i / (STEPS - 1));
      sides
          .sandbox()
          .onRequest(
              request -> ThreadLocalRandom.current().nextInt(left) == 0,
              Fault.delayed(delay).always());
    }
  }

  private static void edit(BenchSides sides, int leads) throws Exception {
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
