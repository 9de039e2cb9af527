package io.reconciler.service.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quartz.Trigger.TriggerState;

/** What the console and the health say of routes and triggers. */
class RouteNamesTest {

  private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "direct:apply-page, to-apply-page",
    "sql:classpath:sql/read-fields.sql?outputType=SelectOne, sql-read-fields",
    "sql:ref:countActive.${exchangeProperty.run.table.statements}, sql-countActive",
    "https://example.org/a/b?x=1, https-b",
  })
  void a_step_is_called_by_where_it_goes(String uri, String name) {
    assertThat(RouteNames.endpoint(uri)).isEqualTo(name);
  }

  @Test
  void a_group_is_the_file_of_the_route() {
    assertThat(RouteNames.group("classpath:routes/engine/pull-fields.camel.yaml"))
        .isEqualTo("engine.pull-fields");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-29T12:00:01Z, NORMAL,",
    "2026-11-29T11:55:00Z, NORMAL,",
    "2026-11-29T11:54:59Z, NORMAL, should have fired at 2026-11-29T11:54:59Z and did not",
    "2026-11-29T09:00:00Z, BLOCKED,",
    "2026-11-29T09:00:00Z, PAUSED,",
    ", NORMAL,",
    "2026-11-29T12:00:01Z, ERROR, 'is in error and does not fire: the service sets it going again within 5 minutes, and its log says so'",
  })
  void a_trigger_that_does_not_fire_is_told(String next, TriggerState state, String problem) {
    Instant time = next == null ? null : Instant.parse(next);
    assertThat(LateTriggers.problem(time, state, NOW)).isEqualTo(Optional.ofNullable(problem));
  }
}
