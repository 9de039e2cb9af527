package io.reconciler.service.page;

import io.reconciler.sandbox.table.SandboxTable;
import io.reconciler.service.user.Role;
import io.reconciler.world.ServiceWorld;
import io.reconciler.world.World;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A service with something to look at: leads, runs, conflicts, dead letters, and hostile texts. */
final class BrowserWorld implements AutoCloseable {

  static final String ADMIN = "admin@acme.example";
  static final String USER = "kit@acme.example";

  private static final List<String> NAMES =
      List.of(
          "Ada Lovelace",
          "Grace Hopper",
          "Alan Turing",
          "Barbara Liskov",
          "Edsger Dijkstra",
          "Frances Allen",
          "Donald Knuth",
          "Katherine Johnson",
          "John McCarthy",
          "Radia Perlman",
          "Tony Hoare",
          "Margaret Hamilton",
          "Niklaus Wirth",
          "Adele Goldberg",
          "Robin Milner");

  private final ServiceWorld service;
  private final List<String> ids = new ArrayList<>();

  BrowserWorld() {
    service = ServiceWorld.open(Clock.systemUTC(), Map.of("reconciler.run-beat-ms", 100));
    World world = world();
    world
        .jdbc()
        .sql("update clients set company_name = 'Acme', email = 'ops@acme.example'")
        .update();
    service.addUser(ADMIN, Role.SUPER_ADMIN, null);
    service.addUser(USER, Role.CLIENT_USER, world.clientId());
    fill(world.leads());
    history();
    world.fullSync();
    edits();
    world.sync();
    bad();
    world.sync();
  }

  // A run every hour of the last days, as a service leaves them behind.
  private void history() {
    world()
        .jdbc()
        .sql(
            """
            with runs as (
              insert into reconciler.run (id, client_id, base_id, trigger, requester, window_minutes, full_sweep,
                started_at, ended_at, outcome, result)
              select gen_random_uuid(), ?, ?, 'schedule', 'schedule', 20, false,
                now() - h * interval '1 hour', now() - h * interval '1 hour' + (900 + 700 * sin(h / 9.0)) * interval '1 millisecond',
                'succeeded', jsonb_build_object(
                  'airtableRequests', 12 + h % 7, 'rateLimitWaits', 0,
                  'stage1', jsonb_build_object('recordsProcessed', 40, 'inserted', h % 5, 'updated', round(14 + 10 * sin(h / 13.0)),
                    'unchanged', 20, 'deactivated', 0, 'errors', '[]'::jsonb, 'errorCount', case when h % 31 = 0 then 1 else 0 end),
                  'stage2', jsonb_build_object('recordsProcessed', 9, 'updated', round(6 + 5 * cos(h / 17.0)), 'skipped', h % 3,
                    'conflicts', 0, 'errors', '[]'::jsonb, 'errorCount', 0))
              from generate_series(1, 160) h
              returning id)
            insert into reconciler.run_progress (run_id, progress)
            select id, jsonb_build_object('pullLagMs', 41000 + 900 * (row_number() over () % 24)) from runs""")
        .params(world().clientId(), world().baseId())
        .update();
  }

  private void fill(SandboxTable leads) {
    for (int i = 0; i < 45; i++) {
      String[] name = NAMES.get(i % NAMES.size()).split(" ");
      Map<String, Object> cells = new HashMap<>();
      cells.put("First Name", name[0]);
      cells.put("Last Name", name[1] + (i < NAMES.size() ? "" : " " + (i / NAMES.size() + 1)));
      cells.put(
          "Email",
          (name[0] + "." + name[1] + i + "@example.com").toLowerCase(java.util.Locale.ROOT));
      cells.put("Company", "Analytical Engines");
      cells.put("Notes", "called on Monday");
      ids.add(leads.create(cells));
    }
    ids.add(
        leads.create(
            Map.of(
                "First Name", "<script>alert(1)</script>",
                "Last Name", "\"><img src=x onerror=alert(2)>",
                "Email", "x@example.com",
                "Notes", "n ".repeat(50_000))));
    ids.add(
        leads.create(
            Map.of(
                "First Name",
                "مرحبا بالعالم",
                "Last Name",
                "🦄🏳️‍🌈",
                "Email",
                "rtl@example.com")));
  }

  private void edits() {
    for (int i = 0; i < 6; i++) {
      world().leads().update(ids.get(i), Map.of("Notes", "called on Monday\nasked for a brochure"));
      world()
          .portalEdit(
              ids.get(i),
              Duration.ofMinutes(5),
              Map.of(
                  "notes", "called on Tuesday instead" + (i % 2 == 0 ? "\nwill call back" : "")));
    }
    for (int i = 6; i < 12; i++) {
      world()
          .portalEdit(
              ids.get(i),
              Duration.ofMinutes(5),
              Map.of(
                  "claimed_by",
                  UUID.randomUUID(),
                  "claimed_at",
                  World.at(java.time.Instant.now().minusSeconds(400)),
                  "notes",
                  "called on Monday\nclaimed, will call back"));
    }
    world()
        .leads()
        .update(ids.get(20), Map.of("Company", "Difference Engines", "Phone", "+43 1 234567"));
  }

  private void bad() {
    for (int i = 12; i < 20; i++) {
      world().leads().update(ids.get(i), Map.of("Claimed By", "kit@example.test"));
    }
    world().leads().update(ids.get(21), Map.of("Phone", "+43 1 234567 890 123 456 789 000"));
  }

  World world() {
    return service.world();
  }

  ServiceWorld service() {
    return service;
  }

  String id(int lead) {
    return ids.get(lead);
  }

  @Override
  public void close() {
    service.close();
  }
}
