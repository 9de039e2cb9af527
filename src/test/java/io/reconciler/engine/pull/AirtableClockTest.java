package io.reconciler.engine.pull;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.engine.run.RunRequest;
import io.reconciler.engine.run.RunResult;
import io.reconciler.engine.run.Trigger;
import io.reconciler.sandbox.Fault;
import io.reconciler.sandbox.table.SandboxTable;
import io.reconciler.world.World;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Windows are measured on Airtable's clock, however far it is from ours. */
class AirtableClockTest {

  private static final AtomicReference<Duration> WRONG = new AtomicReference<>(Duration.ZERO);
  private static final InstantSource AIRTABLE_TIME = () -> Instant.now().plus(WRONG.get());
  private static final Clock AIRTABLE = AIRTABLE_TIME.withZone(ZoneOffset.UTC);
  private static World world;

  @BeforeAll
  static void open() {
    world = World.open(Map.of(), AIRTABLE);
  }

  @AfterAll
  static void close() {
    world.close();
  }

  @BeforeEach
  void fresh() {
    WRONG.set(Duration.ZERO);
    world.fresh();
  }

  @ParameterizedTest
  @ValueSource(longs = {-10, 10})
  void a_window_is_measured_on_airtables_clock(long minutes) {
    WRONG.set(Duration.ofMinutes(minutes));
    SandboxTable leads = world.leads();
    String inside = leads.create(Map.of("First Name", "Inside"));
    leads.setModified(inside, AIRTABLE.instant().minus(Duration.ofMinutes(19)));
    String outside = leads.create(Map.of("First Name", "Outside"));
    leads.setModified(outside, AIRTABLE.instant().minus(Duration.ofMinutes(21)));

    RunResult result = world.sync();

    assertThat(result.failure()).isNull();
    assertThat(world.lead(inside)).isNotEmpty();
    assertThat(world.lead(outside)).isEmpty();
    assertThat(result.airtableRequests()).isEqualTo(1 + 2);
  }

  @ParameterizedTest
  @ValueSource(longs = {-10, 10})
  void a_watermark_is_on_airtables_clock_and_never_later_than_the_databases(long minutes) {
    WRONG.set(Duration.ofMinutes(minutes));
    Instant before = AIRTABLE.instant();
    world.run(new RunRequest(Trigger.CLI, "test", 20, null, true, false, false));

    Duration later = Duration.ofMinutes(Math.max(0, minutes));
    assertThat(watermark())
        .isBetween(
            before.minus(later).minusSeconds(2), AIRTABLE.instant().minus(later).plusSeconds(2));
  }

  @ParameterizedTest
  @CsvSource({"true, 365", "false, 365", "true, -365", "false, -365"})
  void one_answer_of_another_time_is_not_believed(boolean full, long days) {
    String id = world.leads().create(Map.of("First Name", "Ada"));
    world
        .jdbc()
        .sql("insert into reconciler.watermark values (?, now(), now())")
        .param(world.clientId())
        .update();
    Deque<Duration> answers = new ArrayDeque<>(List.of(Duration.ofDays(days), Duration.ZERO));
    world
        .sandbox()
        .onRequest(
            request -> {
              WRONG.set(answers.size() > 1 ? answers.removeFirst() : answers.getFirst());
              return false;
            },
            Fault.unavailable());

    RunResult result = world.run(new RunRequest(Trigger.CLI, "t", 20, null, full, false, false));

    assertThat(result.failure()).isNull();
    assertThat(world.lead(id)).isNotEmpty();
    assertThat(watermark()).isBetween(ago(10), ago(-2));
  }

  @Test
  void a_clock_that_says_something_else_each_time_ends_the_run() {
    world
        .sandbox()
        .onRequest(
            request -> {
              WRONG.set(WRONG.get().plusHours(1));
              return false;
            },
            Fault.unavailable());

    RunResult result = world.sync();

    assertThat(result.failure()).contains("Airtable's clock can't be told");
    assertThat(world.sandbox().requests())
        .filteredOn(request -> !request.path().contains("/meta/"))
        .hasSize(4);
  }

  @Test
  void a_watermark_of_no_time_at_all_is_that_of_a_client_that_was_never_loaded_nor_pushed() {
    String id = world.leads().create(Map.of("First Name", "Ada"));
    world
        .jdbc()
        .sql("insert into reconciler.watermark values (?, '-infinity', '0044-03-15 BC')")
        .param(world.clientId())
        .update();

    RunResult result =
        world.run(new RunRequest(Trigger.SCHEDULE, "t", 20, null, false, false, false));

    assertThat(result.failure()).isNull();
    assertThat(world.lead(id)).isNotEmpty();
    assertThat(watermark()).isBetween(ago(10), ago(-2));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_watermark_that_is_ahead_of_the_database_comes_back_by_itself(boolean scheduled) {
    world
        .jdbc()
        .sql("insert into reconciler.watermark values (?, now() + interval '1 year', 'infinity')")
        .param(world.clientId())
        .update();
    String id = world.leads().create(Map.of("First Name", "Ada"));

    RunResult result =
        world.run(
            new RunRequest(
                scheduled ? Trigger.SCHEDULE : Trigger.CLI, "t", 20, null, false, false, false));

    assertThat(result.failure()).isNull();
    assertThat(world.lead(id)).isNotEmpty();
    assertThat(watermark()).isBetween(ago(10), ago(-2));
    assertThat(
            world
                .jdbc()
                .sql("select pushed_until <= now() from reconciler.watermark")
                .query(Boolean.class)
                .single())
        .isTrue();
  }

  private static Instant ago(long seconds) {
    return Instant.now().minusSeconds(seconds);
  }

  private static Instant watermark() {
    return world
        .jdbc()
        .sql("select pulled_until from reconciler.watermark")
        .query((row, n) -> row.getTimestamp(1).toInstant())
        .single();
  }
}
