package io.reconciler.engine.check;

import static io.reconciler.engine.check.Preflights.failures;
import static io.reconciler.engine.check.Preflights.findings;
import static io.reconciler.engine.check.Preflights.run;
import static io.reconciler.engine.check.Preflights.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.reconciler.sandbox.LoggedRequest;
import io.reconciler.sandbox.table.SandboxField;
import io.reconciler.settings.Settings;
import io.reconciler.world.World;
import io.reconciler.world.WorldTest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The whole preflight, on a real PostgreSQL and the sandbox. */
class PreflightTest extends WorldTest {

  @Test
  void everything_in_order_is_a_line_for_each_thing_and_field() {
    List<CheckLine> lines = run(world);

    assertThat(findings(lines))
        .extracting(CheckLine::status, CheckLine::text)
        .containsExactly(
            tuple(Status.SKIPPED, "the scope data.records:write is not checked: reading only"));
    assertThat(lines)
        .extracting(CheckLine::area)
        .contains("environment", "database", "clock", "schema", "client", "token", "base", "table")
        .filteredOn("field"::equals)
        .hasSize(39);
  }

  @Test
  void it_reads_only() {
    leads.create(Map.of("First Name", "Ada"));
    sync();
    world.sandbox().clearLogs();
    var database = world.sides().database();
    var airtable = world.sides().airtable();

    run(world);

    assertThat(world.sides().database()).isEqualTo(database);
    assertThat(world.sides().airtable()).isEqualTo(airtable);
    assertThat(world.sandbox().writes()).isEmpty();
    assertThat(world.sandbox().requests()).extracting(LoggedRequest::method).containsOnly("GET");
  }

  @Test
  void a_table_that_was_kept_in_step_and_has_no_mapping_any_more_is_named() {
    String id = leads.create(Map.of("First Name", "Ada"));
    sync();
    world
        .jdbc()
        .sql(
            "insert into reconciler.watermark (client_id, table_name, pulled_until, pushed_until)"
                + " select client_id, 'contacts', '2026-03-01 10:00:00.5+00', '2026-03-01 09:00+00'"
                + " from reconciler.watermark")
        .update();

    assertThat(findings(run(world)))
        .filteredOn(line -> line.area().equals("schema"))
        .extracting(CheckLine::status, CheckLine::text)
        .containsExactly(
            tuple(
                Status.WARNING,
                "contacts was kept in step until 2026-03-01T10:00:00Z and has no mapping now"));
    assertThat(world.lead(id)).containsEntry("first_name", "Ada");
    assertThat(leads.ids()).containsExactly(id);
  }

  @Test
  void warnings_about_the_environment_are_passed_on() {
    Settings settings = Settings.read(Map.of("RECONCILER_RATE_LIMIT_MS", "1")::get, Set.of());

    assertThat(findings(run(world, settings, Clock.systemUTC())))
        .filteredOn(line -> line.area().equals("environment"))
        .extracting(CheckLine::status, CheckLine::text)
        .containsExactly(tuple(Status.WARNING, settings.warnings().get(0)));
  }

  @Test
  void a_renamed_field_and_a_retyped_one_are_found() {
    leads.renameField("Notes", "Notes (portal)");
    leads.removeField("Claimed By");
    leads.addField(SandboxField.of("Claimed By", "formula"));

    assertThat(failures(run(world)))
        .extracting(CheckLine::text)
        .containsExactly(
            "Claimed By: formula (singleLineText) for claimed_by uuid: Airtable computes it, so"
                + " what the portal writes is refused",
            "no field \"Notes\"; similar: \"Notes (portal)\"");
  }

  @Test
  void a_field_that_runs_know_by_its_id_is_told_of_when_it_is_renamed() {
    world.sync();
    leads.renameField("Company", "Employer");

    List<CheckLine> lines = run(world);

    assertThat(failures(lines)).isEmpty();
    assertThat(findings(lines))
        .extracting(CheckLine::text)
        .contains("\"Company\" is called \"Employer\" in Airtable now");
  }

  @Test
  void a_sample_of_values_shows_what_would_not_convert_and_computed_fields_are_named() {
    leads.removeField("Job Title");
    leads.addField(SandboxField.of("Job Title", "formula"));
    leads.create(Map.of("Claimed By", "ann@example.com"));
    leads.create(Map.of("Claimed By", "bo@example.com"));
    leads.create(Map.of("SMS Sent Count", 1.5));

    assertThat(findings(run(world)))
        .extracting(CheckLine::text)
        .anyMatch(
            t -> t.matches("Claimed By: 2 of \\d+ are e-mail addresses, the column wants a UUID"))
        .anyMatch(t -> t.startsWith("SMS Sent Count: 1 of ") && t.contains("not a whole number"))
        .anyMatch(t -> t.startsWith("Airtable computes \"Job Title\""));
  }

  @Test
  void a_modification_time_without_the_time_of_day_fails() {
    leads.removeField("Last Modified Time");
    leads.addField(SandboxField.lastModified("Last Modified Time").withResultType("date"));

    assertThat(failures(run(world)))
        .singleElement()
        .satisfies(line -> assertThat(line.text()).contains("has no time of day"));
  }

  @Test
  void a_modification_time_that_watches_too_little_is_a_warning() {
    leads.removeField("Last Modified Time");
    leads.addField(SandboxField.lastModified("Last Modified Time", "Notes", "Email"));

    assertThat(findings(run(world)))
        .filteredOn(line -> line.area().equals("field"))
        .singleElement()
        .satisfies(line -> assertThat(line.status()).isEqualTo(Status.WARNING))
        .satisfies(
            line ->
                assertThat(line.text())
                    .contains("does not watch \"First Name\", \"Last Name\", \"Phone\"")
                    .doesNotContain("\"Notes\""));
  }

  @Test
  void no_active_client_fails_and_the_token_is_still_looked_at() {
    world.jdbc().sql("delete from clients").update();

    List<CheckLine> lines = run(world);

    assertThat(failures(lines))
        .extracting(CheckLine::text)
        .containsExactly("No active client found in database");
    assertThat(lines)
        .filteredOn(line -> line.area().equals("token"))
        .extracting(CheckLine::status)
        .contains(Status.OK);
  }

  @Test
  void the_base_of_the_environment_is_looked_at_without_a_client() {
    world.jdbc().sql("delete from clients").update();
    Settings settings = Settings.read(Map.of("AIRTABLE_BASE_ID", world.baseId())::get, Set.of());

    List<CheckLine> lines = run(world, settings, Clock.systemUTC());

    assertThat(failures(lines)).isEmpty();
    assertThat(lines).filteredOn(line -> line.area().equals("field")).hasSize(39);
  }

  @Test
  void clocks_that_differ_by_more_than_a_minute_are_a_warning() {
    Clock late = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-2));

    assertThat(findings(run(world, settings(), late)))
        .filteredOn(line -> line.area().equals("clock"))
        .hasSize(2)
        .allSatisfy(line -> assertThat(line.status()).isEqualTo(Status.WARNING))
        .allSatisfy(line -> assertThat(line.text()).contains("s ahead of ours"));
  }

  @Test
  void what_is_wrong_with_the_tables_comes_with_its_statement() {
    world.jdbc().sql("drop index idx_leads_updated_at").update();
    try {
      assertThat(findings(run(world)))
          .filteredOn(line -> line.area().equals("schema"))
          .containsExactly(
              CheckLine.warning(
                  "schema",
                  "leads has no index on updated_at: each run reads the whole table",
                  "create index concurrently on public.leads (updated_at);"));
    } finally {
      world.jdbc().sql("create index idx_leads_updated_at on leads (updated_at)").update();
    }
  }

  @Test
  void a_table_that_was_made_anew_is_not_the_one_that_runs_go_by() {
    reconciled(2);
    String was = leads.id();
    var base = world.sandbox().base(world.baseId());
    base.removeTable("Leads");
    String is = base.addTable("Leads", World.fields(world.mapping())).id();

    assertThat(failures(run(world)))
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.area()).isEqualTo(TableRules.AREA);
              assertThat(line.text()).contains("\"Leads\" was deleted", was, is);
              assertThat(line.toString()).contains("reconciler sync --full --force");
            });
    assertThat(world.count("select count(*) from leads where is_active")).isEqualTo(2);
  }

  @Test
  void a_client_that_has_another_base_by_now_is_found() {
    reconciled(2);
    String is = world.baseId().replace("appTest", "appMove");
    world.addTable(is);
    world.jdbc().sql("update clients set airtable_base_id = ?").param(is).update();

    assertThat(failures(run(world)))
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.area()).isEqualTo(ActiveClientCheck.AREA);
              assertThat(line.text()).contains("was " + world.baseId() + " and is " + is);
              assertThat(line.toString()).contains("reconciler sync --full --force");
            });
    assertThat(world.count("select count(*) from leads where is_active")).isEqualTo(2);
    assertThat(writes()).isZero();
  }

  @Test
  void rows_of_a_client_that_was_made_again_are_named_with_the_statement_that_gives_them_to_it() {
    leads.create(Map.of("First Name", "Ada"));
    String record = leads.create(Map.of("First Name", "Grace"));
    sync();
    String old = String.valueOf(world.lead(record).get("client_id"));
    String again = "00000000-0000-0000-0000-00000000000a";
    world.jdbc().sql("update clients set id = cast(:id as uuid)").param("id", again).update();
    sync();
    assertThat(text("select min(reason) from reconciler.dead_letter where status = 'open'"))
        .contains("belongs to another client", "`reconciler check` says so if there is no such");
    var airtable = world.sides().airtable();

    List<CheckLine> lines =
        run(world).stream().filter(line -> line.text().contains("is not in clients")).toList();

    assertThat(lines)
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.status()).isEqualTo(Status.WARNING);
              assertThat(line.text()).startsWith("2 rows of leads belong to client " + old);
              assertThat(line.fix())
                  .endsWith(
                      "set \"client_id\" = '%s' where \"client_id\" = '%s';".formatted(again, old));
            });
    String fix = lines.get(0).fix();
    world.jdbc().sql(fix.substring(fix.indexOf("update "), fix.length() - 1)).update();
    assertThat(findings(run(world))).extracting(CheckLine::area).doesNotContain("schema");
    assertThat(world.fullSync().failure()).isNull();
    assertThat(text("select string_agg(distinct status, ',') from reconciler.dead_letter"))
        .isNotEqualTo("open");
    assertThat(String.valueOf(world.lead(record).get("client_id"))).isEqualTo(again);
    assertThat(world.sides().airtable()).isEqualTo(airtable);
  }

  @Test
  void where_two_clients_could_have_the_rows_of_a_gone_one_nothing_is_said_of_either() {
    leads.create(Map.of("First Name", "Ada"));
    sync();
    world.jdbc().sql("delete from reconciler.watermark").update();
    world.jdbc().sql("update clients set id = gen_random_uuid()").update();
    world
        .jdbc()
        .sql(
            "insert into clients (id, company_name, email, airtable_base_id) values"
                + " (gen_random_uuid(), 'Other', 'o@x.com', 'appOther000000001')")
        .update();

    assertThat(run(world))
        .filteredOn(line -> line.text().contains("is not in clients"))
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.text()).startsWith("1 row of leads belongs to client ");
              assertThat(line.fix()).startsWith("bring the client back under this id");
            });
  }
}
