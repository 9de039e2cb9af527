package io.reconciler;

import io.reconciler.app.BackupProgram;
import io.reconciler.app.InitProgram;
import io.reconciler.app.LedgerProgram;
import io.reconciler.app.ReconcilerProgram;
import io.reconciler.app.TablesProgram;
import io.reconciler.app.UserProgram;
import io.reconciler.app.VerifyProgram;
import io.reconciler.cli.Cli;
import io.reconciler.cli.Commands;
import io.reconciler.cli.Console;
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
    Clock clock = Clock.systemUTC();
    SecretFiles environment = new SecretFiles(System::getenv);
    Commands commands =
        Commands.of(() -> new ReconcilerProgram(environment, clock))
            .withInitializer(() -> new InitProgram(environment, clock))
            .withVerifier(() -> new VerifyProgram(environment, clock))
            .withTables(() -> new TablesProgram(environment))
            .withLedgers(() -> new LedgerProgram(environment, clock))
            .withBackups(() -> new BackupProgram(environment))
            .withUsers(() -> new UserProgram(environment));
    System.exit(Cli.run(args, commands, Console.ofProcess(System::getenv)));
  }
}
