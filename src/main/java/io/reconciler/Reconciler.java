package io.reconciler;

import io.reconciler.cli.Cli;
import io.reconciler.cli.Commands;
import io.reconciler.cli.Console;
import io.reconciler.program.BackupProgram;
import io.reconciler.program.InitProgram;
import io.reconciler.program.LedgerProgram;
import io.reconciler.program.ReconcilerProgram;
import io.reconciler.program.TablesProgram;
import io.reconciler.program.UserProgram;
import io.reconciler.program.VerifyProgram;
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
