package io.reconciler.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.sandbox.Fault;
import io.reconciler.world.SideBySide;
import io.reconciler.world.WorldTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a run does when PostgreSQL fails in the middle of it. */
@SideBySide(SideBySide.Lane.RUNS)
class DatabaseFaultsTest extends WorldTest {

  private static final String OTHERS =
      "select pg_terminate_backend(pid) from pg_stat_activity"
          + " where datname = current_database() and pid <> pg_backend_pid()"
          + " and application_name = 'reconciler'";

  @AfterEach
  void takeBackTheTrigger() {
    world.jdbc().sql("drop trigger if exists trouble on leads").update();
  }

  @Test
  void pages_that_a_trigger_of_the_portal_sets_against_each_other_are_all_applied() {
    world.jdbc().sql("create table tally (company text primary key, leads int)").update();
    world.jdbc().sql("insert into tally values ('Acme', 0), ('Blue', 0)").update();
    world
        .jdbc()
        .sql(
            "create or replace function trouble() returns trigger language plpgsql security definer"
                + " as $$ begin update tally set leads = leads + 1 where company = new.company;"
                + " return new; end $$")
        .update();
    world
        .jdbc()
        .sql("create trigger trouble after insert on leads for each row execute function trouble()")
        .update();
    try {
      for (int n = 0; n < 450; n++) {
        // Each page begins with another company, and holds both.
        leads.create(Map.of("Company", n / 50 % 4 == 0 || n / 50 % 4 == 3 ? "Acme" : "Blue"));
      }

      RunResult result = fullSync();

      assertThat(result.stage1().inserted()).isEqualTo(450);
      assertThat(result.stage1().errorCount()).isZero();
      assertThat(world.count("select sum(leads) from tally")).isEqualTo(450);
      assertThat(world.count("select count(*) from reconciler.left_record")).isZero();
    } finally {
      world.jdbc().sql("drop trigger if exists trouble on leads").update();
      world.jdbc().sql("drop table tally").update();
    }
  }

  @Test
  void a_listing_that_ends_early_leaves_what_it_had_applied_and_no_page_under_way() {
    for (int n = 0; n < 250; n++) {
      leads.create(Map.of("First Name", "Lead " + n));
    }
    AtomicInteger more = new AtomicInteger();
    world
        .sandbox()
        .onRequest(
            r -> r.query("offset") != null && more.incrementAndGet() > 1,
            Fault.answer(401, "{}").times(1));

    RunResult failed = world.fullSync();

    assertThat(failed.success()).isFalse();
    assertThat(world.count("select count(*) from leads")).isEqualTo(failed.stage1().inserted());
    assertThat(fullSync().stage1().recordsProcessed()).isEqualTo(250);
    assertThat(world.sides().differences()).isEmpty();
  }

  @Test
  void a_page_whose_connection_dies_is_applied_record_by_record() throws SQLException {
    List<String> ids = reconciled(20);
    ids.forEach(id -> leads.update(id, Map.of("SMS Sent Count", 9)));
    onceOnUpdate("perform pg_terminate_backend(pg_backend_pid());");

    RunResult result = sync();

    assertThat(result.stage1().updated()).isEqualTo(20);
    assertThat(result.stage1().errorCount()).isZero();
    assertThat(world.sides().differences()).isEmpty();
  }

  @Test
  void a_page_that_falls_victim_to_a_deadlock_is_applied_record_by_record() throws SQLException {
    List<String> ids = reconciled(20);
    ids.forEach(id -> leads.update(id, Map.of("SMS Sent Count", 9)));
    onceOnUpdate("raise exception 'deadlock detected' using errcode = '40P01';");

    RunResult result = sync();

    assertThat(result.stage1().updated()).isEqualTo(20);
    assertThat(world.sides().differences()).isEmpty();
  }

  @Test
  void a_portal_that_locks_two_leads_the_other_way_round_costs_no_lead_its_value()
      throws Exception {
    List<String> ids = reconciled(20).stream().sorted().toList();
    ids.forEach(id -> leads.update(id, Map.of("SMS Sent Count", 9)));
    String lock = "select 1 from leads where airtable_record_id = '%s' for update";
    try (Connection portal = world.database().getConnection();
        Statement statement = portal.createStatement()) {
      portal.setAutoCommit(false);
      // The portal finds the deadlock last, so it is the run's page that PostgreSQL ends.
      statement.execute("set local deadlock_timeout = '60s'");
      statement.execute(lock.formatted(ids.get(10)));
      CompletableFuture<RunResult> run = CompletableFuture.supplyAsync(world::sync);
      Awaitility.await().until(world::isWaitingForLock);
      statement.execute(lock.formatted(ids.get(2)));
      portal.commit();

      RunResult result = succeeded(run.join());

      assertThat(result.stage1().updated()).isEqualTo(20);
      assertThat(result.stage1().errorCount()).isZero();
      assertThat(world.sides().differences()).isEmpty();
    }
  }

  @Test
  void a_lead_that_the_portal_has_locked_holds_up_its_page_until_it_is_committed()
      throws Exception {
    List<String> ids = reconciled(20);
    ids.forEach(id -> leads.update(id, Map.of("SMS Sent Count", 9)));
    try (Connection portal = world.database().getConnection();
        Statement statement = portal.createStatement()) {
      portal.setAutoCommit(false);
      statement.execute(
          "update leads set notes = 'note 4\nportal', updated_at = now() - interval '61 seconds'"
              + " where airtable_record_id = '"
              + ids.get(3)
              + "'");
      CompletableFuture<RunResult> run = CompletableFuture.supplyAsync(world::sync);
      Awaitility.await().until(world::isWaitingForLock);
      portal.commit();

      RunResult result = succeeded(run.join());

      assertThat(result.stage1().updated()).isEqualTo(20);
      assertThat(result.stage2().updated()).isEqualTo(1);
      assertThat(cell(ids.get(3), "Notes")).isEqualTo("note 4\nportal");
      assertThat(world.sides().differences()).isEmpty();
    }
  }

  @Test
  void connections_that_end_between_two_pages_end_the_run_with_a_clear_text() {
    for (int i = 0; i < 150; i++) {
      leads.create(Map.of("First Name", "Lead " + i));
    }
    world.sandbox().beforePage(2, () -> world.jdbc().sql(OTHERS).query().listOfRows());

    RunResult result = world.sync();

    assertThat(result.success()).isFalse();
    assertThat(result.failure()).contains("database connection").doesNotContain("Exception");
    sync();
    assertThat(world.sides().differences()).isEmpty();
  }

  @Test
  void a_failure_while_the_answer_to_a_push_is_saved_is_made_up_for_by_the_next_run() {
    String id = reconciled(1).get(0);
    claim(id, ALICE, GRACE_OVER);
    world
        .sandbox()
        .onRequest(
            request -> {
              if (request.method().equals("PATCH")) {
                world
                    .jdbc()
                    .sql("alter table reconciler.agreed_value rename to agreed_value_away")
                    .update();
              }
              return false;
            },
            Fault.unavailable());

    RunResult broken = world.sync();
    world.jdbc().sql("alter table reconciler.agreed_value_away rename to agreed_value").update();
    world.sandbox().clearFaults();
    world.sandbox().clearLogs();
    RunResult next = sync();

    assertThat(broken.failure()).contains("agreed_value").contains("the table has changed");
    assertThat(writes()).isZero();
    assertThat(next.stage2().conflicts()).isZero();
    assertThat(sync().stage2().recordsProcessed()).isZero();
    assertThat(
            text(
                "select coalesce(string_agg(distinct status, ' '), 'none')"
                    + " from reconciler.dead_letter"))
        .isIn("none", "closed");
    assertThat(world.sides().differences()).isEmpty();
  }

  /** Does it in the first transaction that updates a lead; a sequence outlives the rollback. */
  private void onceOnUpdate(String what) {
    world.jdbc().sql("drop sequence if exists trouble_count").update();
    world.jdbc().sql("create sequence trouble_count").update();
    world
        .jdbc()
        .sql(
            "create or replace function trouble() returns trigger language plpgsql as $$ begin"
                + " if nextval('trouble_count') = 1 then "
                + what
                + " end if; return new; end $$")
        .update();
    world
        .jdbc()
        .sql(
            "create trigger trouble before update on leads for each row execute function trouble()")
        .update();
  }
}
