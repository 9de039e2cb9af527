package io.reconciler.program.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.engine.budget.Spending;
import io.reconciler.engine.check.BudgetCheck;
import io.reconciler.engine.check.CheckLine;
import io.reconciler.service.schedule.Schedule;
import io.reconciler.service.schedule.ScheduledRun;
import io.reconciler.world.ServiceWorld;
import io.reconciler.world.World;
import java.util.List;
import java.util.Map;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The schedule of a month whose requests will not do; the plan of these tests has 100,000. */
class BudgetedScheduleTest {

  private static final Schedule SCHEDULE = new Schedule(20);

  private ServiceWorld service;
  private World world;

  @BeforeEach
  void fresh() {
    service = ServiceWorld.shared();
    world = service.world();
    world.leads().create(Map.of("First Name", "Ada"));
  }

  @Test
  void with_requests_to_spare_everything_runs() {
    used(1_000);

    trigger(SCHEDULE.run(world.baseId(), null));
    trigger(SCHEDULE.sweep(world.baseId()));

    assertThat(runs()).isEqualTo(2);
    assertThat(check())
        .singleElement()
        .satisfies(
            line -> assertThat(line.text()).startsWith("1,0").contains("of the plan's 100,000"));
  }

  @Test
  void with_next_to_nothing_left_only_what_users_ask_for_runs() {
    used(99_000);

    trigger(SCHEDULE.run(world.baseId(), null));
    trigger(SCHEDULE.sweep(world.baseId()));
    trigger(SCHEDULE.refresh(world.baseId()));

    assertThat(runs()).isZero();
    assertThat(world.sandbox().requests()).isEmpty();
    assertThat(world.fullSync().stage1().inserted()).isEqualTo(1);
    assertThat(check())
        .singleElement()
        .satisfies(line -> assertThat(line.text()).contains("until the month turns"))
        .satisfies(line -> assertThat(line.fix()).contains("RECONCILER_SCHEDULE"));
  }

  @Test
  void what_other_bases_used_counts_too() {
    world
        .jdbc()
        .sql(
            "insert into reconciler.request_count values ('appOther', date_trunc('month', now() at"
                + " time zone 'utc'), 99000)")
        .update();

    trigger(SCHEDULE.run(world.baseId(), null));

    assertThat(runs()).isZero();
  }

  private List<CheckLine> check() {
    return BudgetCheck.lines(service.service().context().getBean(Spending.class));
  }

  private void trigger(ScheduledRun run) {
    service
        .service()
        .context()
        .getBean(ProducerTemplate.class)
        .requestBody("direct:scheduled-run", run);
  }

  private long runs() {
    return world.count("select count(*) from reconciler.run where trigger = 'schedule'");
  }

  private void used(long requests) {
    world
        .jdbc()
        .sql(
            "insert into reconciler.request_count values (?, date_trunc('month', now() at time zone"
                + " 'utc'), ?)")
        .params(world.baseId(), requests)
        .update();
  }
}
