package io.reconciler.program.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.sandbox.table.SandboxTable;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.postgres.SqlFile;
import io.reconciler.text.Counted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What automations and portal users do between the demo's two syncs. */
final class DemoEdits {

  private static final String CLAIM = SqlFile.read("demo-claim");
  private static final String NOTE = SqlFile.read("demo-note");
  private static final String SEATS = SqlFile.read("demo-seats");
  private static final String EMPLOYER = SqlFile.read("demo-employer");
  private static final int NEW_SEATS = 250;
  static final UUID SALESPERSON = UUID.fromString("5a1e5000-0000-4000-8000-000000000001");

  /** Longer ago than the grace period. */
  private static final String SETTLED = "2 minutes";

  private final SandboxTable leads;
  private final SandboxTable companies;
  private final JdbcClient jdbc;
  private final Mapping mapping;
  private @Nullable Travelled travelled;

  /** The lead whose link changes, and the company whose number does. */
  private record Travelled(String lead, String company) {}

  DemoEdits(DemoSides sides, DataSource database, Mapping mapping) {
    this.leads = sides.leads();
    this.companies = sides.companies();
    this.jdbc = JdbcClient.create(database);
    this.mapping = mapping;
  }

  /** Edits up to a fifth of the leads on both sides; what was done, for a person. */
  List<String> make() {
    List<String> ids = leads.ids();
    int part = Math.max(1, ids.size() / 20);
    List<String> done = new ArrayList<>();
    List<String> touched = slice(ids, 0, part * 2);
    touched.forEach(id -> airtable(id, Map.of("sms_sent_count", 3, "sms_stop", true)));
    done.add(
        "an automation in Airtable touches %s (SMS Sent Count, SMS Stop)"
            .formatted(Counted.of(touched.size(), "lead")));
    List<String> claimed = slice(ids, part, part * 3);
    claimed.forEach(id -> claim(id, SETTLED));
    done.add(
        "salespeople claim %s in the portal, some of them the same ones"
            .formatted(Counted.of(claimed.size(), "lead")));
    List<String> noted = slice(ids, part * 3, part * 4);
    noted.forEach(id -> note(id, "[portal] called, will call back"));
    done.add(
        "salespeople add notes to %s in the portal".formatted(Counted.of(noted.size(), "lead")));
    List<String> both = slice(noted, 0, Math.max(1, part / 10));
    both.forEach(this::noteInAirtable);
    done.add(
        "%s another note in Airtable at the same time: a conflict, merged now and sent when its grace is over"
            .formatted(Counted.of(both.size(), "of these gets", "of these get")));
    List<String> fresh = slice(ids, part * 4, part * 4 + Math.max(1, part / 10));
    fresh.forEach(id -> claim(id, "5 seconds"));
    done.add(
        "%s claimed just now: still in %s grace period of 60 s"
            .formatted(
                Counted.of(fresh.size(), "lead is", "leads are"),
                fresh.size() == 1 ? "its" : "their"));
    List<String> bad = slice(ids, part * 5, part * 5 + 1);
    bad.forEach(id -> airtable(id, Map.of("claimed_by", "somebody")));
    done.addAll(companies(ids));
    done.add("somebody types \"somebody\" where a user's id belongs, in " + bad.size() + " lead");
    return done;
  }

  /** A link that changes in Airtable, and a number that the portal changes. */
  private List<String> companies(List<String> leadIds) {
    String lead = leadIds.get(leadIds.size() - 1);
    JsonNode employer = leads.cells(lead).get(DemoTables.LINK);
    String other =
        companies.ids().stream()
            .filter(id -> employer == null || !id.equals(employer.path(0).asText()))
            .findFirst()
            .orElseGet(() -> companies.create(Map.of("Name", "Newcomer Ltd")));
    leads.update(lead, Map.of(DemoTables.LINK, List.of(other)));
    jdbc.sql(SEATS).param("id", other).param("seats", NEW_SEATS).param("ago", SETTLED).update();
    travelled = new Travelled(lead, other);
    return List.of(
        "a lead goes to another company in Airtable (a linked record), and the portal sets the seats of that company (a number)");
  }

  /** What became of the link and the number, on the other side. */
  List<String> travelled() {
    Travelled seen = Objects.requireNonNull(travelled);
    String employer =
        jdbc.sql(EMPLOYER).param("id", seen.lead()).query(String.class).optional().orElse("none");
    JsonNode seats = companies.cells(seen.company()).get("Seats");
    return List.of(
        "in PostgreSQL the lead belongs to \"%s\" by its foreign key; in Airtable this company has %s seats"
            .formatted(employer, seats == null ? "no" : seats.asText()));
  }

  static List<String> lookAt(DemoSides sides, DataSource database, boolean staysUp) {
    JdbcClient jdbc = JdbcClient.create(database);
    String counts = jdbc.sql(SqlFile.read("demo-counts")).query(String.class).single();
    String now = "Now in PostgreSQL: " + counts + ".";
    String own = "Your own base and database: README.md, \"Point it at your base\".";
    if (!staysUp) {
      return List.of(now, "To look around on both sides: ./reconciler demo, which stays up.", own);
    }
    return List.of(
        now,
        "Look around while the demo is up:",
        "  psql " + sides.databaseUrl() + " -c 'select * from reconciler.conflict'",
        "  curl -H 'Authorization: Bearer "
            + Objects.requireNonNull(sides.settings().airtableApiKey()).reveal()
            + "' '"
            + sides.sandbox().url()
            + "/"
            + DemoSides.BASE
            + "/Leads?maxRecords=3'",
        own);
  }

  private static List<String> slice(List<String> ids, int from, int to) {
    return ids.subList(Math.min(from, ids.size()), Math.min(to, ids.size()));
  }

  private void airtable(String id, Map<String, Object> columns) {
    Map<String, Object> fields = new HashMap<>();
    columns.forEach(
        (column, value) ->
            fields.put(Objects.requireNonNull(mapping.column(column).airtableField()), value));
    leads.update(id, fields);
  }

  private void noteInAirtable(String id) {
    String field = Objects.requireNonNull(mapping.column("notes").airtableField());
    var before = leads.cells(id).get(field);
    String text = before == null ? "" : before.asText() + "\n";
    leads.update(id, Map.of(field, text + "[airtable] asked for a brochure"));
  }

  private void claim(String id, String ago) {
    jdbc.sql(CLAIM).param("id", id).param("user", SALESPERSON).param("ago", ago).update();
  }

  private void note(String id, String text) {
    jdbc.sql(NOTE).param("id", id).param("note", text).param("ago", SETTLED).update();
  }
}
