package io.reconciler;

import io.reconciler.cli.Cli;
import io.reconciler.cli.Console;
import io.reconciler.program.command.AllCommands;
import io.reconciler.settings.SecretFiles;
import java.time.Clock;
import java.util.Locale;

/** Entry point: the command line decides everything else. */
public final class Reconciler {

  private Reconciler() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    // Numbers in texts and in JSON are ASCII digits, whatever the machine's language writes.
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    SecretFiles environment = new SecretFiles(System::getenv);
    System.exit(
        Cli.run(
            args,
            AllCommands.of(environment, Clock.systemUTC()),
            Console.ofProcess(System::getenv)));
  }
}
