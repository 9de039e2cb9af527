package io.reconciler.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** `restore`: brings the engine's own tables back from a file. */
@Command(
    name = "restore",
    header = "Brings the engine's own tables back from a file.",
    description = {
      "Replaces what is there now, all of it or nothing; older schemas are brought up to date. Stop the service first.",
      "The next run looks at everything that was modified since the backup.",
      "A backup of another database, none of whose clients is in this one, is refused."
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

  @Option(
      names = "--force",
      description = "Go on where the backup is of another database. Default: off.")
  private boolean force;

  RestoreCommand(Supplier<Backups> backups, Supplier<Console> console) {
    this.backups = backups;
    this.console = console;
  }

  @Override
  public Integer call() {
    return backups.get().restore(file, force, console.get());
  }
}
