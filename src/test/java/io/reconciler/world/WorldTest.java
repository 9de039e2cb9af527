package io.reconciler.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.engine.run.RunRequest;
import io.reconciler.engine.run.RunResult;
import io.reconciler.engine.run.Trigger;
import io.reconciler.sandbox.table.SandboxTable;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;

/** A test of whole runs: both sides start empty, with one client. */
public abstract class WorldTest {

  protected static final UUID ALICE = UUID.fromString("11111111-2222-3333-4444-555555555555");
  protected static final UUID BOB = UUID.fromString("99999999-8888-7777-6666-555555555555");

  /** Long enough for a change of the portal to be out of its grace period. */
  protected static final Duration GRACE_OVER = Duration.ofSeconds(61);

  protected final World world;
  protected SandboxTable leads;

  /** In the world that the classes of its lane share. */
  protected WorldTest() {
    this.world = World.of(getClass());
  }

  /** In a world of its own. */
  protected WorldTest(World world) {
    this.world = world;
  }

  @BeforeEach
  void startOver() {
    leads = world.fresh();
  }

  /** A run that must succeed. */
  protected RunResult sync() {
    return succeeded(world.sync());
  }

  /** A full sweep that must succeed. */
  protected RunResult fullSync() {
    return succeeded(world.fullSync());
  }

  /** The same result, which must be one of success. */
  protected static RunResult succeeded(RunResult result) {
    assertThat(result.failure()).isNull();
    assertThat(result.success()).isTrue();
    return result;
  }

  /** A run of the schedule. */
  public static RunRequest scheduled() {
    return new RunRequest(Trigger.SCHEDULE, "schedule", 20, null, false, false, false);
  }

  /** A run that writes nothing. */
  protected static RunRequest dryRun(boolean full) {
    return new RunRequest(Trigger.CLI, "test", 20, null, full, true, false);
  }

  /** A full sweep past the guard. */
  protected static RunRequest forced() {
    return new RunRequest(Trigger.CLI, "test", 20, null, true, false, true);
  }

  /** Records with these fields and a number in their notes, all in both sides. */
  protected List<String> reconciled(int count) {
    List<String> ids =
        java.util.stream.IntStream.rangeClosed(1, count)
            .mapToObj(n -> leads.create(Map.of("First Name", "Lead " + n, "Notes", "note " + n)))
            .toList();
    sync();
    world.sandbox().clearLogs();
    return ids;
  }

  /** The portal claims a lead, so long ago. */
  protected void claim(String id, UUID user, Duration ago) {
    Instant at = Instant.now().minus(ago).truncatedTo(ChronoUnit.MILLIS);
    world.portalEdit(id, ago, Map.of("claimed_by", user, "claimed_at", World.at(at)));
  }

  /** The portal takes a claim back, so long ago. */
  protected void unclaim(String id, Duration ago) {
    Map<String, Object> columns = new HashMap<>();
    columns.put("claimed_by", null);
    columns.put("claimed_at", null);
    world.portalEdit(id, ago, columns);
  }

  /** A cell as text, empty when there is none. */
  protected String cell(String id, String field) {
    return leads.cells(id).containsKey(field) ? leads.cells(id).get(field).asText() : "";
  }

  /** The single value of a query's single row, as text. */
  protected String text(String sql) {
    return world.jdbc().sql(sql).query(String.class).single();
  }

  /** How many writes Airtable got since the logs were cleared. */
  protected int writes() {
    return world.sandbox().writes().size();
  }
}
