package io.reconciler;

import io.reconciler.app.ReconcilerProgram;
import io.reconciler.cli.Cli;
import io.reconciler.cli.Console;
import java.time.Clock;

/** Entry point: the command line decides everything else. */
public final class Reconciler {

  private Reconciler() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(
        Cli.run(
            args,
            () -> new ReconcilerProgram(System::getenv, Clock.systemUTC()),
            Console.ofProcess(System::getenv)));
  }
}
