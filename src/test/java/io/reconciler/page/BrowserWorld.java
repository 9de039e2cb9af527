package io.reconciler.page;

import io.reconciler.sandbox.SandboxTable;
import io.reconciler.user.Role;
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
    world.fullSync();
    edits();
    world.sync();
    bad();
    world.sync();
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
