package io.reconciler.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** `completion`: what a shell needs to complete commands and options. */
@Command(
    name = "completion",
    description = "Print a script that lets bash or zsh complete commands and options.",
    footer = {
      "Examples:",
      "  reconciler completion > reconciler.bash",
      "  source <(./reconciler completion)"
    })
final class CompletionCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    CommandSpec root = spec.root();
    root.commandLine().getOut().println(AutoComplete.bash(root.name(), root.commandLine()));
    return ExitCode.DONE;
  }
}
