package io.reconciler.history;

import io.reconciler.program.backup.Backup;
import io.reconciler.program.backup.Restore;
import io.reconciler.settings.UsersTable;
import io.reconciler.world.World;
import java.nio.file.Files;
import java.nio.file.Path;

/** Backups of the engine's tables in a history; what the ledgers hold is kept over a restore. */
final class Backups {

  private static final String[] LEDGERS = {"conflict", "dead_letter"};

  private final World world;
  private final Path file;

  Backups(World world) {
    this.world = world;
    this.file = Path.of("target", "histories", "backup-" + System.identityHashCode(world) + ".zip");
    forget();
  }

  void take() {
    try {
      forget();
      Files.createDirectories(file.getParent());
      new Backup(world.database(), UsersTable.PORTALS).write(file);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  // Whoever restores has read what was in the ledgers before: that an entry is gone loses no edit.
  void restore() {
    if (!Files.exists(file)) {
      return;
    }
    for (String ledger : LEDGERS) {
      execute("create table public.kept_%1$s as select * from reconciler.%1$s".formatted(ledger));
    }
    try {
      world.database().getHikariPoolMXBean().softEvictConnections();
      new Restore(world.database(), UsersTable.PORTALS).read(file);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    } finally {
      for (String ledger : LEDGERS) {
        String kept = ledger.equals("conflict") ? "true" : "status <> 'closed'";
        execute(
            "insert into reconciler.%1$s select * from public.kept_%1$s where %2$s on conflict do nothing"
                .formatted(ledger, kept));
        execute("drop table public.kept_" + ledger);
      }
    }
  }

  private void forget() {
    try {
      Files.deleteIfExists(file);
    } catch (java.io.IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void execute(String sql) {
    world.jdbc().sql(sql).update();
  }
}
