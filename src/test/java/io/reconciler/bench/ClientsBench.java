package io.reconciler.bench;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Many clients, a run of each every minute, by one instance of the service or several. */
public final class ClientsBench {

  private static final int LEADS = 200;
  private static final String ENDED =
      "select count(*) from reconciler.run where outcome = 'succeeded' and trigger = 'schedule'";

  private ClientsBench() {}

  /** Clients, instances, and minutes to measure once each client has been loaded. */
  public static void main(String[] args) throws Exception {
    int clients = Integer.parseInt(args[0]);
    int instances = Integer.parseInt(args[1]);
    int minutes = Integer.parseInt(args[2]);
    Results results = new Results();
    try (BenchSides sides = BenchSides.start(BenchOptions.of(LEADS, 5))) {
      List<Process> services = start(sides, clients, instances);
      try {
        while (count(sides, "select count(*) from reconciler.watermark") < clients) {
          TimeUnit.SECONDS.sleep(5);
        }
        execute(sides, "select pg_stat_statements_reset()");
        long before = count(sides, ENDED);
        double cpu = cpu(services);
        TimeUnit.MINUTES.sleep(minutes);
        double runs = count(sides, ENDED) - before;
        String name = clients + " clients, " + instances + " instances";
        results.add(name, "runs a minute", runs / minutes);
        results.add(name, "CPU s a run", (cpu(services) - cpu) / runs);
        results.add(
            name,
            "statements a run",
            count(sides, "select sum(calls) from pg_stat_statements") / runs);
        results.add(name, "lag of the last client, s", lag(sides));
      } finally {
        services.forEach(Process::destroy);
      }
    }
    results.print("a run a minute each");
    System.exit(0);
  }

  private static List<Process> start(BenchSides sides, int clients, int instances)
      throws Exception {
    Map<String, String> environment = new HashMap<>(sides.environment());
    environment.put("RECONCILER_SCHEDULE", "0 * * * * ?");
    Measured.sync(environment, List.of(), "--full");
    execute(sides, "create extension if not exists pg_stat_statements");
    for (int i = 1; i < clients; i++) {
      String base = "appClient%08d".formatted(i);
      sides.addBase(base, LEADS);
      execute(
          sides,
          "insert into clients (id, company_name, email, airtable_base_id) values"
              + " (gen_random_uuid(), 'Client %d', 'c%d@example.com', '%s')".formatted(i, i, base));
    }
    List<Process> services = new ArrayList<>();
    for (int i = 0; i < instances; i++) {
      environment.put("SERVER_PORT", "0");
      environment.put("MANAGEMENT_SERVER_PORT", "0");
      ProcessBuilder builder = new ProcessBuilder("./reconciler", "serve");
      builder.environment().putAll(environment);
      builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
      services.add(builder.start());
    }
    return services;
  }

  private static double cpu(List<Process> services) {
    return services.stream()
            .map(service -> service.info().totalCpuDuration().orElse(Duration.ZERO))
            .mapToLong(Duration::toMillis)
            .sum()
        / 1000.0;
  }

  // The longest time since any client's last run ended.
  private static long lag(BenchSides sides) throws SQLException {
    return count(
        sides,
        "select round(extract(epoch from now() - min(ended))) from (select max(ended_at) as ended"
            + " from reconciler.run where outcome = 'succeeded' group by client_id) last");
  }

  private static long count(BenchSides sides, String sql) throws SQLException {
    try (Connection connection = sides.connection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void execute(BenchSides sides, String sql) throws SQLException {
    try (Connection connection = sides.connection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
