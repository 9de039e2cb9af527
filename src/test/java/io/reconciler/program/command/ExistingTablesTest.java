package io.reconciler.program.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.program.command.CommandWorld.Answer;
import io.reconciler.sandbox.SandboxField;
import io.reconciler.sandbox.SandboxTable;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that somebody made for a portal long ago, with keys and names of their own. */
class ExistingTablesTest {

  @TempDir private Path folder;
  private CommandWorld world;
  private SandboxTable companies;
  private SandboxTable deals;

  @BeforeEach
  void sides() {
    world = new CommandWorld(folder);
    companies =
        world
            .base()
            .addTable(
                "Companies",
                List.of(
                    SandboxField.of("Name", "singleLineText"),
                    SandboxField.of("Head Count", "number"),
                    SandboxField.of("E-mail", "email"),
                    SandboxField.of("Name ", "singleLineText"),
                    SandboxField.lastModified("Changed {at}")));
    deals =
        world
            .base()
            .addTable(
                "Deals",
                List.of(
                    SandboxField.of("Title", "singleLineText"),
                    SandboxField.of("Value", "currency"),
                    SandboxField.select("Stage", "open", "won"),
                    SandboxField.of("Created At", "createdTime"),
                    SandboxField.of("Comment", "multilineText"),
                    SandboxField.lastModified("Changed")));
    deals.addLink("Company", companies, true, "Deals");
    for (String statement :
        List.of(
            "create schema crm",
            """
            create table crm.companies (
              id bigint generated always as identity primary key,
              name varchar(60) not null, headcount smallint, email text,
              city text default 'unknown')""",
            "create type stage as enum ('open', 'won')",
            """
            create table deals (
              code serial primary key, airtable_id text unique, title text, value numeric(12,2),
              stage stage, company_id bigint references crm.companies, comment text,
              created_at timestamptz default now(), updated_at timestamptz default now())""")) {
      world.jdbc().sql(statement).update();
    }
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void they_are_filled_as_they_are_and_edited_from_both_sides() throws IOException {
    String acme =
        companies.create(Map.of("Name", "Acme", "Head Count", 12, "E-mail", "a@b.example"));
    String deal =
        deals.create(
            Map.of("Title", "Big", "Value", 12.5, "Stage", "open", "Company", List.of(acme)));
    Answer init =
        world.run("init", "--out", folder.toString(), "--apply", "--portal", "Deals.Comment");
    assertThat(init.code()).as(init.err()).isZero();
    Answer check = world.run("check", "--json");
    assertThat(check.json().path("checks").findValuesAsText("status"))
        .as(check.out())
        .isNotEmpty()
        .doesNotContain("FAILED");

    Answer full = world.run("sync", "--full", "--json");
    assertThat(full.code()).as(full.out() + full.err()).isZero();
    assertThat(
            world
                .jdbc()
                .sql(
                    "select d.title, d.value, d.stage::text, c.name, c.headcount, c.email, c.city"
                        + " from deals d join crm.companies c on c.id = d.company_id"
                        + " where d.airtable_id = ?")
                .param(deal)
                .query()
                .singleRow())
        .containsEntry("title", "Big")
        .containsEntry("value", new BigDecimal("12.50"))
        .containsEntry("stage", "open")
        .containsEntry("name", "Acme")
        .containsEntry("headcount", 12)
        .containsEntry("email", "a@b.example")
        .containsEntry("city", "unknown");

    world
        .jdbc()
        .sql("update deals set comment = 'ours', updated_at = now() - interval '2 minutes'")
        .update();
    deals.update(deal, Map.of("Stage", "won"));
    Answer sync = world.run("sync", "--json");
    assertThat(sync.code()).as(sync.out() + sync.err()).isZero();
    assertThat(deals.cells(deal).get("Comment").asText()).isEqualTo("ours");
    assertThat(world.jdbc().sql("select stage::text from deals").query(String.class).single())
        .isEqualTo("won");
    Answer verify = world.run("verify", "--json");
    assertThat(verify.code()).as(verify.out()).isZero();

    world.sandbox().clearLogs();
    JsonNode idle = world.run("sync", "--json").json();
    assertThat(idle.at("/stage1/updated").asInt()).isZero();
    assertThat(world.sandbox().writes()).isEmpty();
  }
}
