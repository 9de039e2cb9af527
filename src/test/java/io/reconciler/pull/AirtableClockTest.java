package io.reconciler.pull;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.run.RunResult;
import io.reconciler.run.Trigger;
import io.reconciler.sandbox.SandboxTable;
import io.reconciler.world.World;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Windows are measured on Airtable's clock, however far it is from ours. */
class AirtableClockTest {

  @ParameterizedTest
  @ValueSource(longs = {-10, 10})
  void a_window_is_measured_on_airtables_clock(long minutes) {
    Clock airtable = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(minutes));
    try (World world = World.open(Map.of(), airtable)) {
      SandboxTable leads = world.leads();
      String inside = leads.create(Map.of("First Name", "Inside"));
      leads.setModified(inside, airtable.instant().minus(Duration.ofMinutes(19)));
      String outside = leads.create(Map.of("First Name", "Outside"));
      leads.setModified(outside, airtable.instant().minus(Duration.ofMinutes(21)));

      RunResult result = world.sync();

      assertThat(result.failure()).isNull();
      assertThat(world.lead(inside)).isNotEmpty();
      assertThat(world.lead(outside)).isEmpty();
      assertThat(result.airtableRequests()).isEqualTo(1 + 2);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {-10, 10})
  void a_watermark_is_on_airtables_clock(long minutes) {
    Clock airtable = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(minutes));
    try (World world = World.open(Map.of(), airtable)) {
      Instant before = airtable.instant();
      world.run(
          new io.reconciler.run.RunRequest(Trigger.CLI, "test", 20, null, true, false, false));

      Instant watermark =
          world
              .jdbc()
              .sql("select pulled_until from reconciler.watermark")
              .query((row, n) -> row.getTimestamp(1).toInstant())
              .single();

      assertThat(watermark).isBetween(before.minusSeconds(2), airtable.instant().plusSeconds(2));
    }
  }
}
