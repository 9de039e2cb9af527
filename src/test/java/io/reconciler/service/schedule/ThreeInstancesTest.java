package io.reconciler.service.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reconciler.engine.run.ProgressListener;
import io.reconciler.engine.verify.VerifyOutcome;
import io.reconciler.sandbox.LoggedRequest;
import io.reconciler.sandbox.SandboxOptions;
import io.reconciler.sandbox.table.SandboxTable;
import io.reconciler.world.ChildProcess;
import io.reconciler.world.PatientWaits;
import io.reconciler.world.SideBySide;
import io.reconciler.world.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three services on one database, as processes of their own, with Airtable at its real limits: one
 * is killed and one stands still for longer than its lease while all of them are at work.
 */
@Order(3)
@Tag("proof")
@SideBySide(SideBySide.Lane.PLAYS)
class ThreeInstancesTest {

  private static final int CLIENTS = Integer.getInteger("instances.clients", 12);
  private static final int RECORDS = 4;
  private static final Duration PERIOD =
      Duration.ofSeconds(Integer.getInteger("instances.period", 6));
  private static final Duration LEASE = Duration.ofSeconds(4);

  private static final long SECOND = 1_000_000_000L;
  private static final int PERMITS = 5;

  private final List<SandboxTable> tables = new ArrayList<>();
  private final List<ChildProcess> instances = new ArrayList<>();
  private World world;

  @TempDir private Path logs;

  @AfterEach
  void end() {
    instances.forEach(ChildProcess::close);
    world.close();
  }

  @Test
  void every_client_is_run_again_by_one_instance_whatever_happens_to_the_others() throws Exception {
    open();
    for (int i = 0; i < 3; i++) {
      instances.add(ChildProcess.start(environment(), log(i), "serve"));
    }
    // How long three starts take is not the subject.
    awaitRunsOfAllSince(Instant.EPOCH);
    try (ConcurrentEdits bustle = new ConcurrentEdits(world, tables)) {
      bustle.begin();
      await().until(this::allHaveRuns);
      await().until(() -> running() >= 3);
      instances.get(0).kill();
      instances.get(1).freeze();
      Instant alone = Instant.now();
      awaitRunsOfAllSince(alone);
      await().until(() -> Instant.now().isAfter(alone.plus(LEASE.multipliedBy(2))));
      long before = runsOf(1);
      instances.get(1).thaw();
      await().until(() -> runsOf(1) > before + 1);
      bustle.end();
      awaitRunsOfAllSince(Instant.now().plusSeconds(2));
      instances.subList(1, 3).forEach(ChildProcess::terminate);
      for (ChildProcess instance : instances.subList(1, 3)) {
        assertThat(instance.exitCode()).isEqualTo(143);
      }
      nothingLostAndNothingDoubled(bustle.notes());
    }
    neverTwiceAtOnce();
    neverMoreThanFiveInASecond();
  }

  private void open() {
    world =
        World.open(
            Map.of("RECONCILER_RATE_LIMIT_MS", "200"),
            SandboxOptions.defaults().withThreads(32).withLatency(Duration.ofMillis(150)),
            Map.of());
    tables.add(world.leads());
    for (int i = 1; i < CLIENTS; i++) {
      String base = "appInstances%05d".formatted(i);
      world.addClient(base);
      tables.add(world.addTable(base));
    }
    for (SandboxTable table : tables) {
      for (int i = 0; i < RECORDS; i++) {
        table.create(Map.of("First Name", "Name " + i));
      }
    }
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(world.environment());
    environment.put("SERVER_PORT", "0");
    environment.put("MANAGEMENT_SERVER_PORT", "0");
    environment.put("RECONCILER_JWT_SECRET", "0123456789abcdef0123456789abcdef");
    environment.put("RECONCILER_SCHEDULE", "0/%d * * * * ?".formatted(PERIOD.toSeconds()));
    environment.put("RECONCILER_GRACE_PERIOD_MS", "500");
    environment.put("RECONCILER_LEASE_MS", String.valueOf(LEASE.toMillis()));
    environment.put(
        "SPRING_APPLICATION_JSON",
        "{\"spring.quartz.properties.org.quartz.jobStore.clusterCheckinInterval\":2000}");
    return environment;
  }

  private Path log(int instance) {
    return logs.resolve("instance-" + instance + ".log");
  }

  private long runsOf(int instance) throws IOException {
    try (var lines = Files.lines(log(instance))) {
      return lines.filter(line -> line.contains(": succeeded in ")).count();
    }
  }

  private boolean allHaveRuns() throws IOException {
    return runsOf(0) > 0 && runsOf(1) > 0 && runsOf(2) > 0;
  }

  private long running() {
    return world.count("select count(*) from reconciler.run where outcome = 'running'");
  }

  // How long it takes is measured by none of this: a lease, a check-in and a period are the least.
  private void awaitRunsOfAllSince(Instant start) {
    await()
        .atMost(PatientWaits.PROCESS_PATIENCE)
        .untilAsserted(
            () ->
                assertThat(
                        world
                            .jdbc()
                            .sql(
                                "select count(distinct client_id) from reconciler.run where outcome"
                                    + " = 'succeeded' and started_at > ?")
                            .param(World.at(start))
                            .query(Integer.class)
                            .single())
                    .isEqualTo(CLIENTS));
  }

  private void nothingLostAndNothingDoubled(Map<String, List<String>> notes) {
    List<VerifyOutcome> outcomes =
        world.engine().verify(world.request(20, true), ProgressListener.NONE);
    assertThat(outcomes).hasSize(CLIENTS);
    assertThat(outcomes)
        .allSatisfy(
            outcome -> {
              assertThat(outcome.failure()).isNull();
              assertThat(outcome.result().matched()).isEqualTo(RECORDS);
              assertThat(outcome.result().differences()).isEmpty();
            });
    assertThat(notes).isNotEmpty();
    notes.forEach(
        (record, lines) ->
            assertThat(String.valueOf(world.lead(record).get("notes")).lines())
                .containsExactlyInAnyOrderElementsOf(lines));
    assertThat(world.count("select count(*) from reconciler.conflict")).isZero();
    assertThat(world.count("select count(*) from reconciler.dead_letter")).isZero();
  }

  /** A run that stood still until its lock was another's did nothing from then on. */
  private void neverTwiceAtOnce() {
    assertThat(
            world
                .jdbc()
                .sql(
                    "select concat_ws(' | ', a, b) from reconciler.run a join reconciler.run b on"
                        + " a.client_id = b.client_id and a.started_at < b.started_at and"
                        + " b.started_at < a.ended_at where a.outcome <> 'interrupted' and"
                        + " coalesce(a.failure, '') not like '%lost%'")
                .query(String.class)
                .list())
        .isEmpty();
    assertThat(world.count("select count(*) from reconciler.run where outcome = 'running'"))
        .isZero();
  }

  private void neverMoreThanFiveInASecond() {
    assertThat(world.sandbox().requests()).allMatch(request -> request.status() == 200);
    Map<String, List<Long>> arrivals =
        world.sandbox().requests().stream()
            .collect(
                Collectors.groupingBy(
                    LoggedRequest::baseId,
                    Collectors.mapping(LoggedRequest::nanos, Collectors.toList())));
    assertThat(arrivals).hasSize(CLIENTS);
    for (List<Long> times : arrivals.values()) {
      List<Long> sorted = times.stream().sorted().toList();
      for (int i = PERMITS; i < sorted.size(); i++) {
        assertThat(sorted.get(i) - sorted.get(i - PERMITS)).isGreaterThanOrEqualTo(SECOND);
      }
    }
  }
}
