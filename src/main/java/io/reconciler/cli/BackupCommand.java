package io.reconciler.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** `backup`: writes the engine's own tables to a file. */
@Command(
    name = "backup",
    header = "Writes the engine's own tables to a file.",
    description = {
      "The schema reconciler: what both sides agreed on, the ledgers and the runs, all as of one moment.",
      "The service may go on. clients, leads and users are the portal's, and not in it."
    },
    footer = {"Example:", "  reconciler backup /var/backups/reconciler-2026-11-29.zip"})
final class BackupCommand implements Callable<Integer> {

  private final Supplier<Backups> backups;
  private final Supplier<Console> console;

  @Parameters(paramLabel = "FILE", description = "The file to write; it must not be there yet.")
  private Path file = Path.of("");

  BackupCommand(Supplier<Backups> backups, Supplier<Console> console) {
    this.backups = backups;
    this.console = console;
  }

  @Override
  public Integer call() {
    return backups.get().backup(file, console.get());
  }
}
