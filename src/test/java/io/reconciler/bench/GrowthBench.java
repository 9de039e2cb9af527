package io.reconciler.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An idle run and one with 100 changes, with ever more leads in the table and 10,000 dead letters.
 */
public final class GrowthBench {

  private static final int CHANGED = 100;
  private static final int ROUNDS = 3;
  private static final String FILL =
      """
      insert into leads (id, client_id, airtable_record_id, notes, is_active, created_at, updated_at)
      select gen_random_uuid(), (select id from clients), 'recGrown' || n, 'note ' || n, true,
        now() - interval '90 days', now() - interval '1 day' - n * interval '1 second'
      from generate_series((select count(*) from leads) + 1, %d) n;
      insert into reconciler.agreed_value (airtable_record_id, client_id, agreed, intent, airtable_modified_at, pending)
      select airtable_record_id, client_id, jsonb_build_object('notes', jsonb_build_object('notes', notes),
        'claim', jsonb_build_object('claimed_by', null, 'claimed_at', null)), '{}', updated_at, false
      from leads where airtable_record_id like 'recGrown%%'
      on conflict do nothing;
      insert into reconciler.dead_letter (id, client_id, run_id, stage, airtable_record_id, field, reason, payload,
        attempts, first_at, last_at, next_attempt_at, status)
      select gen_random_uuid(), client_id, gen_random_uuid(), 'pull', airtable_record_id, 'notes', 'bad', '{}',
        1, now(), now(), now() + interval '1 day', 'open'
      from leads where airtable_record_id like 'recGrown%%' order by airtable_record_id limit 10000
      on conflict do nothing
      """;

  private GrowthBench() {}

  /** The numbers of leads. */
  public static void main(String[] args) throws Exception {
    Results results = new Results();
    try (BenchSides sides = BenchSides.start(BenchOptions.of(CHANGED, 0))) {
      Map<String, String> environment = new HashMap<>(sides.environment());
      environment.put("RECONCILER_GRACE_PERIOD_MS", "0");
      Measured.sync(environment, List.of(), "--full");
      for (String leads : args) {
        execute(sides, FILL.formatted(Integer.parseInt(leads)));
        execute(sides, "analyze");
        for (int round = 0; round < ROUNDS; round++) {
          add(results, leads + " leads, idle", Measured.sync(environment, List.of()));
          execute(
              sides,
              "update leads set claimed_by = gen_random_uuid(), claimed_at = now(), updated_at ="
                  + " clock_timestamp() where airtable_record_id not like 'recGrown%'");
          add(results, leads + " leads, 100 changed", Measured.sync(environment, List.of()));
        }
      }
    }
    results.print("a run with 10,000 open dead letters");
    System.exit(0);
  }

  private static void add(Results results, String name, Measured run) {
    results.add(name, "s in the run", run.seconds());
    results.add(name, "MB", run.peakMegabytes());
    results.add(name, "requests", run.requests());
  }

  private static void execute(BenchSides sides, String sql) throws SQLException {
    try (Connection connection = sides.connection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
