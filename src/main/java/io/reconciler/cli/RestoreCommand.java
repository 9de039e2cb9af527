package io.reconciler.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** `restore`: brings the engine's own tables back from a file. */
@Command(
    name = "restore",
    header = "Brings the engine's own tables back from a file.",
    description = {
      "Replaces what is there now, all of it or nothing; older schemas are brought up to date. Stop the service first.",
      "The next run looks at everything that was modified since the backup."
    },
    footer = {
      "Then look before you sync:",
      "  reconciler sync --full --dry-run",
      "Example:",
      "  reconciler restore /var/backups/reconciler-2026-11-29.zip"
    })
final class RestoreCommand implements Callable<Integer> {

  private final Supplier<Backups> backups;
  private final Supplier<Console> console;

  @Parameters(paramLabel = "FILE", description = "A file that `backup` wrote.")
  private Path file = Path.of("");

  RestoreCommand(Supplier<Backups> backups, Supplier<Console> console) {
    this.backups = backups;
    this.console = console;
  }

  @Override
  public Integer call() {
    return backups.get().restore(file, console.get());
  }
}
