package io.reconciler.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** `help [COMMAND...]`, which also knows `help client add`. */
@Command(
    name = "help",
    description = "Show the help of the program, of one command, or the glossary: help terms.",
    footer = {"Examples:", "  reconciler help sync", "  reconciler help terms"})
final class HelpCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "COMMAND",
      arity = "0..*",
      description = "The command to explain, or terms.")
  private List<String> path = new ArrayList<>();

  @Override
  public Integer call() {
    CommandLine topic = spec.root().commandLine();
    if (path.equals(List.of(Glossary.NAME))) {
      Glossary.lines(topic.getUsageHelpWidth()).forEach(topic.getOut()::println);
      return ExitCode.DONE;
    }
    for (String name : path) {
      topic = subcommand(topic, name);
    }
    topic.usage(topic.getOut(), topic.getColorScheme());
    return ExitCode.DONE;
  }

  private CommandLine subcommand(CommandLine topic, String name) {
    CommandLine found = topic.getSubcommands().get(name);
    if (found == null) {
      throw new CommandLine.ParameterException(topic, "no such command: " + String.join(" ", path));
    }
    return found;
  }
}
