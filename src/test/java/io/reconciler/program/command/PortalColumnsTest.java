package io.reconciler.program.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.program.command.CommandWorld.Answer;
import io.reconciler.sandbox.samples.SampleLeads;
import io.reconciler.sandbox.table.SandboxTable;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.postgres.statement.ColumnDefinitions;
import io.reconciler.world.SideBySide;
import io.reconciler.world.World;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Leads whose columns are of types of the portal's own, under the mapping as it comes. */
@Tag("proof")
@SideBySide(SideBySide.Lane.RUNS)
class PortalColumnsTest {

  private static final String EDITED =
      "update leads set notes = 'by the portal', updated_at = now() - interval '2 minutes'"
          + " where airtable_record_id = ?";

  private CommandWorld world;
  private SandboxTable leads;

  @BeforeEach
  void open() {
    world = new CommandWorld(Path.of("src", "main", "resources", "mapping", "leads.yaml"));
    Mapping mapping = World.defaultMapping();
    List<String[]> fields =
        mapping.airtableFields().stream()
            .map(f -> new String[] {f.airtableField(), Objects.requireNonNull(f.airtableType())})
            .toList();
    leads =
        world
            .base()
            .addTable(mapping.table(), SampleLeads.fields(fields, mapping.lastModifiedField()));
    table("");
  }

  @AfterEach
  void close() {
    world.close();
  }

  private void table(String partitions) {
    execute("create extension if not exists citext");
    execute(
        "create table leads (id uuid not null default gen_random_uuid(), client_id uuid,"
            + " airtable_record_id varchar(255), "
            + ColumnDefinitions.all(World.defaultMapping())
            + ", created_at timestamptz not null default now(), updated_at timestamptz not null"
            + " default now())"
            + partitions);
    execute("create unique index on leads (airtable_record_id)");
    execute("create index on leads (client_id, updated_at)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          create schema app; create type app."Lead Stage" as enum ('good', 'better'); alter table leads alter title type app."Lead Stage" using null
          create type stage as enum ('good', 'better'); create domain staged as stage; alter table leads alter title type staged using null
          create domain named as citext check (value <> 'Unheard Of'); alter table leads alter title type named
          alter table leads alter title type varchar(7)
          """)
  void a_value_that_the_type_refuses_waits_and_the_rest_is_applied(String change)
      throws IOException {
    execute(change);
    Answer check = world.run("check");
    String id = leads.create(Map.of("Job Title", "good", "First Name", "Ada"));
    String bad = leads.create(Map.of("Job Title", "unheard of", "First Name", "Ben"));

    JsonNode first = world.sync(3, "--full");
    leads.update(id, Map.of("Job Title", "better", "SMS Stop", true));
    leads.update(bad, Map.of("First Name", "Bob"));
    JsonNode second = world.sync(3);

    assertThat(check.out()).contains("title");
    assertThat(first.at("/stage1/inserted").asInt()).isEqualTo(2);
    assertThat(first.at("/stage1/errors"))
        .singleElement()
        .satisfies(error -> assertThat(error.asText()).contains(bad, "Job Title"));
    assertThat(second.at("/stage1/updated").asInt()).isEqualTo(2);
    assertThat(shown(id)).isEqualTo("Ada better true");
    assertThat(shown(bad)).isEqualTo("Bob - false");
    assertThat(
            text("select string_agg(field, ',') from reconciler.dead_letter where status = 'open'"))
        .isEqualTo("title");
    leads.update(bad, Map.of("Job Title", "good"));
    portalEdits(id);
    JsonNode third = world.sync(0);
    assertThat(third.at("/stage2/updated").asInt()).isEqualTo(1);
    assertThat(shown(bad)).isEqualTo("Bob good false");
    assertThat(leads.cells(id).get("Notes").asText()).isEqualTo("by the portal");
    world.quiet();
  }

  @Test
  void what_the_portal_has_besides_is_left_to_it() throws IOException {
    execute("alter table leads add column whole text generated always as (first_name) stored");
    execute("alter table leads add column number bigint generated always as identity");
    execute("alter table leads add column region text not null default 'none'");
    execute("alter table leads alter email type citext");
    execute("create domain person as uuid; alter table leads alter claimed_by type person");
    execute("alter table leads alter id drop default, alter id type text");
    String id = leads.create(Map.of("First Name", "Ada", "Email", "Ada@Example.com"));
    world.sync(0, "--full");
    leads.update(id, Map.of("First Name", "Bob"));
    portalEdits(id);

    world.sync(0);

    assertThat(shown(id)).isEqualTo("Bob - false");
    assertThat(leads.cells(id).get("Notes").asText()).isEqualTo("by the portal");
    world.quiet();
  }

  @Test
  void leads_may_be_in_partitions() throws IOException {
    execute("drop table leads");
    table(" partition by hash (airtable_record_id)");
    for (int part = 0; part < 3; part++) {
      execute(
          "create table leads_%1$d partition of leads for values with (modulus 3, remainder %1$d)"
              .formatted(part));
    }
    List<String> ids =
        IntStream.range(0, 12)
            .mapToObj(n -> leads.create(Map.of("First Name", "Lead " + n)))
            .toList();
    world.sync(0, "--full");
    leads.update(ids.get(0), Map.of("First Name", "Bob"));
    leads.delete(ids.get(1));
    portalEdits(ids.get(0));

    JsonNode run = world.sync(0, "--full");

    assertThat(run.at("/stage1/deactivated").asInt()).isEqualTo(1);
    assertThat(shown(ids.get(0))).isEqualTo("Bob - false");
    assertThat(leads.cells(ids.get(0)).get("Notes").asText()).isEqualTo("by the portal");
    world.quiet();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          alter table leads rename to people; create view leads as select * from people; create function put() returns trigger language plpgsql as $$ begin return new; end $$; create trigger put instead of insert or update on leads for each row execute function put() | leads is a view
          alter table leads add region text not null | leads.region is NOT NULL without a default
          create type stage as enum ('a'); alter table leads alter claimed_by type stage using null | leads.claimed_by is stage; it must be uuid
          """)
  void what_no_run_could_write_is_refused_before_it(String change, String text) {
    execute(change);
    leads.create(Map.of("First Name", "Ada"));

    Answer check = world.run("check");
    Answer sync = world.run("sync", "--full", "--json");

    assertThat(check.code()).isEqualTo(1);
    assertThat(check.out()).contains(text);
    assertThat(sync.code()).isEqualTo(2);
    assertThat(sync.out()).isEmpty();
    assertThat(sync.err()).contains(text);
    assertThat(text("select to_regnamespace('reconciler') is null")).isEqualTo("t");
  }

  private void portalEdits(String id) {
    world.jdbc().sql(EDITED).param(id).update();
  }

  private String shown(String id) {
    return text(
        "select concat_ws(' ', first_name, coalesce(cast(title as text), '-'), cast(sms_stop as text))"
            + " from leads where airtable_record_id = '"
            + id
            + "'");
  }

  private String text(String sql) {
    return world.jdbc().sql(sql).query(String.class).single();
  }

  private void execute(String sql) {
    world.jdbc().sql(sql).update();
  }
}
