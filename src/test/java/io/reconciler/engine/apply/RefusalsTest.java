package io.reconciler.engine.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.engine.apply.plan.IncomingRecord;
import io.reconciler.engine.apply.plan.Page;
import io.reconciler.engine.apply.unique.Collisions;
import io.reconciler.engine.run.Client;
import io.reconciler.engine.run.ProgressListener;
import io.reconciler.engine.run.Run;
import io.reconciler.engine.run.RunRequest;
import io.reconciler.engine.run.Trigger;
import io.reconciler.side.postgres.ConstraintColumns;
import io.reconciler.side.postgres.TableLocks;
import io.reconciler.side.postgres.UniqueKeys;
import io.reconciler.side.postgres.rules.TableAccess;
import io.reconciler.world.World;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** How long a page waits for leads that somebody has locked. */
class RefusalsTest {

  private static final DataSource NONE = new DriverManagerDataSource();

  private final Refusals refusals =
      new Refusals(
          new ConstraintColumns(NONE),
          new TableLocks(NONE),
          new TableAccess(NONE),
          new Collisions(new UniqueKeys(NONE)));
  private final Run run =
      new Run(
          new Client(UUID.randomUUID(), "Acme", "a@example.com", "appX", true, Set.of("leads")),
          new RunRequest(Trigger.CLI, "test", 20, null, false, false, false),
          Clock.systemUTC(),
          ProgressListener.NONE,
          World.defaultMapping());

  @Test
  void the_first_locked_leads_of_a_run_are_waited_for() {
    left(19);

    assertThat(refusals.lockWait(page(100), run)).isEqualTo("3s");
    assertThat(refusals.lockWait(page(1), run)).isEqualTo("300ms");
  }

  @Test
  void once_many_were_locked_the_others_are_hardly_waited_for() {
    left(20);

    assertThat(refusals.lockWait(page(100), run)).isEqualTo("300ms");
    assertThat(refusals.lockWait(page(1), run)).isEqualTo("30ms");
  }

  private void left(int leads) {
    IntStream.range(0, leads).forEach(each -> run.patience().leftForLock());
  }

  private static Page page(int records) {
    return Page.pulled(
        IntStream.range(0, records).mapToObj(each -> record("rec%014d".formatted(each))).toList());
  }

  private static IncomingRecord record(String id) {
    return new IncomingRecord(id, Instant.EPOCH, Instant.EPOCH, Map.of(), Map.of());
  }
}
