package io.reconciler.service.monitor;

import static io.reconciler.service.monitor.Watched.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.engine.run.RunRequest;
import io.reconciler.engine.run.Trigger;
import io.reconciler.sandbox.Fault;
import io.reconciler.world.LedgerEdits;
import io.reconciler.world.ServiceWorld;
import io.reconciler.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetricsTest {

  private ServiceWorld service;
  private World world;
  private Watched watched;

  @BeforeEach
  void fresh() {
    service = ServiceWorld.shared();
    world = service.world();
    watched = new Watched(service);
  }

  private String client() {
    return "client=\"" + world.baseId() + "\"";
  }

  private String base() {
    return "base=\"" + world.baseId() + "\"";
  }

  @Test
  void a_run_is_counted_with_what_became_of_each_record() {
    String pushed = world.leads().create(Map.of("First Name", "Ada"));
    String conflict = world.leads().create(Map.of("First Name", "Bea"));
    world.leads().create(Map.of("First Name", "Cyd", "Claimed By", "nobody"));
    watched.run();
    new LedgerEdits(world).portalNote(pushed, "a note");
    new LedgerEdits(world).claimConflict(conflict, true);
    watched.run();

    String scrape = watched.scrape();
    assertThat(
            value(
                scrape,
                "reconciler_runs_total",
                client(),
                "trigger=\"api\"",
                "outcome=\"succeeded\""))
        .isEqualTo(2);
    assertThat(value(scrape, "reconciler_runs_total", client(), "outcome=\"failed\"")).isZero();
    assertThat(value(scrape, "reconciler_run_duration_seconds_count", client())).isEqualTo(2);
    assertThat(records(scrape, "pull", "inserted")).isEqualTo(3);
    assertThat(records(scrape, "push", "updated")).isEqualTo(2);
    assertThat(value(scrape, "reconciler_record_errors_total", client(), "stage=\"pull\""))
        .isEqualTo(2);
    assertThat(value(scrape, "reconciler_conflicts_total", client())).isEqualTo(1);
    assertThat(value(scrape, "reconciler_conflicts_open", client())).isEqualTo(1);
    assertThat(value(scrape, "reconciler_dead_letters_open", client())).isEqualTo(1);
  }

  private double records(String scrape, String stage, String outcome) {
    return value(
        scrape,
        "reconciler_records_total",
        client(),
        "stage=\"" + stage + "\"",
        "outcome=\"" + outcome + "\"");
  }

  @Test
  void skips_are_counted_by_their_reason() {
    String id = world.leads().create(Map.of("First Name", "Ada"));
    watched.run();
    world.portalEdit(id, Duration.ofSeconds(5), Map.of("notes", "just now"));
    watched.run();

    assertThat(value(watched.scrape(), "reconciler_skips_total", client(), "reason=\"grace\""))
        .isEqualTo(1);
  }

  @Test
  void a_failed_run_is_counted_and_a_dry_run_is_not() {
    world.sandbox().onRequest(request -> true, Fault.answer(401, "{}"));
    watched.run();
    world.sandbox().clearFaults();
    watched.run(new RunRequest(Trigger.API, "test", 20, null, false, true, false));

    String scrape = watched.scrape();
    assertThat(value(scrape, "reconciler_runs_total", client(), "outcome=\"failed\"")).isEqualTo(1);
    assertThat(value(scrape, "reconciler_runs_total", client(), "outcome=\"succeeded\"")).isZero();
    assertThat(value(scrape, "reconciler_airtable_requests_total", base(), "status=\"401\""))
        .isEqualTo(1);
  }

  @Test
  void requests_of_every_process_count_for_the_month() {
    watched.run();
    world.sync();

    String scrape = watched.scrape();
    double own = value(scrape, "reconciler_airtable_requests_total", base(), "status=\"200\"");
    double all = world.sandbox().requests().size();
    assertThat(own).isPositive().isLessThan(all);
    assertThat(value(scrape, "reconciler_airtable_month_requests", base())).isEqualTo(all);
    assertThat(value(scrape, "reconciler_airtable_wait_seconds_count", base())).isEqualTo(own);
  }

  @Test
  void the_lag_of_an_edit_runs_to_its_commit_on_the_other_side() {
    String id = world.leads().create(Map.of("First Name", "Ada"));
    world.leads().setModified(id, Instant.now().minus(Duration.ofDays(300)));
    world.fullSync();
    String before = watched.scrape();
    world.leads().update(id, Map.of("First Name", "Eve"));
    world.leads().setModified(id, Instant.now().minus(Duration.ofSeconds(200)));
    watched.run();
    new LedgerEdits(world).portalNote(id, "a note of 90 seconds ago");
    watched.run();

    String scrape = watched.scrape();
    assertThat(lag(scrape, "pull", "sum") - lag(before, "pull", "sum")).isBetween(198.0, 260.0);
    assertThat(lag(scrape, "pull", "count") - lag(before, "pull", "count")).isEqualTo(1);
    assertThat(lag(scrape, "push", "sum") - lag(before, "push", "sum")).isBetween(90.0, 120.0);
    assertThat(bucket(scrape, "push", "120.0") - bucket(before, "push", "120.0")).isEqualTo(1);
    assertThat(bucket(scrape, "push", "60.0") - bucket(before, "push", "60.0")).isZero();
  }

  private static double lag(String scrape, String direction, String what) {
    return scrape.contains("reconciler_edit_lag_seconds_count")
        ? value(scrape, "reconciler_edit_lag_seconds_" + what, "direction=\"" + direction + "\"")
        : 0;
  }

  private static double bucket(String scrape, String direction, String limit) {
    return scrape.contains("reconciler_edit_lag_seconds_bucket")
        ? value(
            scrape,
            "reconciler_edit_lag_seconds_bucket",
            "direction=\"" + direction + "\"",
            "le=\"" + limit + "\"")
        : 0;
  }

  @Test
  void seconds_since_the_last_good_run_come_from_the_ledger_of_all_processes() {
    world.sync();
    world.jdbc().sql("update reconciler.run set ended_at = now() - interval '1 hour'").update();

    assertThat(value(watched.scrape(), "reconciler_seconds_since_last_success", client()))
        .isBetween(3600.0, 3700.0);
  }

  @Test
  void routes_have_counters() {
    watched.run();
    world.sandbox().onRequest(request -> true, Fault.answer(401, "{}"));
    watched.run();

    String scrape = watched.scrape();
    assertThat(exchanges(scrape, "total", "reconcile-client")).isGreaterThanOrEqualTo(2);
    assertThat(exchanges(scrape, "succeeded", "reconcile-client")).isPositive();
    assertThat(exchanges(scrape, "failed", "airtable-request")).isPositive();
    assertThat(exchanges(scrape, "failures_handled", "reconcile-client")).isNotNegative();
    assertThat(exchanges(scrape, "external_redeliveries", "reconcile-client")).isZero();
    assertThat(route(scrape, "camel_route_policy_seconds_count", "reconcile-client")).isPositive();
    // What a caller outside sees as one; the routes within are more.
    assertThat(value(scrape, "camel_exchanges_total", "eventType=\"context\"", "routeId=\"\""))
        .isPositive();
    assertThat(value(scrape, "camel_routes_running_routes", "camelContext=\"reconciler\""))
        .isEqualTo(service.service().context().getBean(CamelContext.class).getRoutesSize());
  }

  private static double exchanges(String scrape, String which, String routeId) {
    String name = which.equals("total") ? which : which + "_total";
    return route(scrape, "camel_exchanges_" + name, routeId);
  }

  private static double route(String scrape, String name, String routeId) {
    return value(
        scrape, name, "eventType=\"route\"", "kind=\"CamelRoute\"", "routeId=\"" + routeId + "\"");
  }
}
