package io.reconciler.service.schedule;

import io.reconciler.sandbox.table.SandboxTable;
import io.reconciler.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** People and automations at work on both sides of all clients, while instances come and go. */
final class ConcurrentEdits implements AutoCloseable {

  private static final long PAUSE_MS = 60;

  private final World world;
  private final List<SandboxTable> tables;
  private final Random random = new Random(4);
  private final Map<String, List<String>> notes = new ConcurrentHashMap<>();
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private ScheduledFuture<?> work;
  private int count;

  ConcurrentEdits(World world, List<SandboxTable> tables) {
    this.world = world;
    this.tables = tables;
  }

  /** Work begins. */
  void begin() {
    work = thread.scheduleWithFixedDelay(this::edit, 0, PAUSE_MS, TimeUnit.MILLISECONDS);
  }

  /** Work is over when this returns; throws what ended it before. */
  void end() throws InterruptedException, ExecutionException {
    if (work.isDone()) {
      work.get();
    }
    thread.shutdown();
    thread.awaitTermination(10, TimeUnit.SECONDS);
  }

  /** The lines that were added to the notes of each record. */
  Map<String, List<String>> notes() {
    return notes;
  }

  private void edit() {
    SandboxTable table = tables.get(random.nextInt(tables.size()));
    String record = table.ids().get(random.nextInt(table.size()));
    count++;
    switch (count % 3) {
      case 0 -> table.update(record, Map.of("First Name", "Name " + count));
      case 1 -> claim(record);
      default -> note(record, "note " + count + " of " + record);
    }
  }

  private void claim(String record) {
    world
        .jdbc()
        .sql(
            "update leads set claimed_by = ?, claimed_at = now(), updated_at = clock_timestamp()"
                + " where airtable_record_id = ?")
        .params(new UUID(7, count), record)
        .update();
  }

  private void note(String record, String line) {
    int updated =
        world
            .jdbc()
            .sql(
                "update leads set notes = concat_ws(E'\\n', notes, ?), updated_at ="
                    + " clock_timestamp() where airtable_record_id = ?")
            .params(line, record)
            .update();
    if (updated == 1) {
      notes.computeIfAbsent(record, key -> new ArrayList<>()).add(line);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
