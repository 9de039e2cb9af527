package io.reconciler.program.command;

import io.reconciler.cli.Commands;
import io.reconciler.program.demo.DemoProgram;
import java.time.Clock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Every command of the program, each with its work. */
public final class AllCommands {

  private AllCommands() {}

  /** Those of an environment; a password is asked for at the terminal or read from stdin. */
  public static Commands of(UnaryOperator<@Nullable String> environment, Clock clock) {
    return of(environment, clock, new PasswordSource(System.in));
  }

  /** Those of an environment, with passwords from there. */
  static Commands of(
      UnaryOperator<@Nullable String> environment, Clock clock, PasswordSource passwords) {
    return new Commands()
        .withDemonstrator(() -> new DemoProgram(environment, clock))
        .withSynchronizer(() -> new SyncProgram(environment, clock))
        .withServer(() -> new ServeProgram(environment, clock))
        .withChecker(() -> new CheckProgram(environment, clock))
        .withClients(() -> new ClientProgram(environment))
        .withSandbox(() -> new SandboxProgram(clock))
        .withInitializer(() -> new InitProgram(environment, clock))
        .withVerifier(() -> new VerifyProgram(environment, clock))
        .withTables(() -> new TablesProgram(environment))
        .withLedgers(
            () -> new LedgerProgram(environment, clock),
            () -> new ConflictsProgram(environment, clock),
            () -> new DeadLettersProgram(environment, clock))
        .withForgetter(() -> new ForgetProgram(environment, clock))
        .withBackups(() -> new BackupProgram(environment))
        .withUsers(() -> new UserProgram(environment, passwords));
  }
}
