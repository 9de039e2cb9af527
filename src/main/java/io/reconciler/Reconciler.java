package io.reconciler;

import io.reconciler.cli.Cli;
import io.reconciler.cli.Console;
import io.reconciler.cli.Program;

/** Entry point: the command line decides everything else. */
public final class Reconciler {

  private Reconciler() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(Cli.run(args, Reconciler::program, Console.ofProcess(System::getenv)));
  }

  private static Program program() {
    throw new IllegalStateException("this build has no engine");
  }
}
