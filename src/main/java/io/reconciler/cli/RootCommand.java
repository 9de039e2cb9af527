package io.reconciler.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** `reconciler` itself: the options that every command has, and help when no command is given. */
@Command(
    name = "reconciler",
    description = "Keeps Airtable and PostgreSQL in step, in both directions.",
    customSynopsis = "reconciler [--verbose] COMMAND [OPTIONS]",
    versionProvider = Version.class,
    footer = {
      "Start here:",
      "  reconciler demo           a tour, with a PostgreSQL and an Airtable of its own",
      "  reconciler help COMMAND   options and examples of one command"
    })
final class RootCommand implements Callable<Integer> {

  private final Console console;

  @Spec private CommandSpec spec = CommandSpec.create();

  // An array, so that giving it before and after the command is no error.
  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      description = "Show stack traces and debug logging on stderr. Default: off.")
  private boolean[] verbose = {};

  @Option(
      names = {"-h", "--help"},
      scope = ScopeType.INHERIT,
      usageHelp = true,
      description = "Show this help.")
  @SuppressWarnings("UnusedVariable") // picocli looks at the annotation
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version.")
  @SuppressWarnings("UnusedVariable")
  private boolean version;

  RootCommand(Console console) {
    this.console = console;
  }

  /** The console as the options want it; to be called after parsing. */
  Console console() {
    return console.verbose(verbose.length > 0);
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(console.err(), Ansi.OFF);
    return ExitCode.USAGE;
  }
}
