package io.reconciler.cli;

import io.reconciler.text.Plain;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** Runs one command line. */
public final class Cli {

  private static final int HELP_COLUMNS = 90;

  /** The library refuses to write narrower help. */
  private static final int LEAST_COLUMNS = 55;

  private static final String LIST = "list";

  /** The options that every command has. */
  private static final Set<String> OF_ALL = Set.of("-h", "--help", "-v", "--verbose");

  private Cli() {}

  /** Runs one of the commands and returns the exit code; never throws, never exits. */
  public static int run(String[] args, Commands commands, Console console) {
    RootCommand root = new RootCommand(console);
    try {
      CommandLine line = commandLine(root, commands, console, args);
      return printed(line.execute(listing(line, args)), console);
    } catch (Throwable failure) {
      // Errors of the JVM pass picocli by; to the caller they are failures like any other.
      return new FailureReport(root::console).report(failure);
    } finally {
      console.out().flush();
      console.err().flush();
    }
  }

  /** Whoever reads the output must learn that it is not all of it; what was done stays done. */
  private static int printed(int code, Console console) {
    console.out().flush();
    String lost = ProcessOutput.lost(console.out());
    if (lost == null) {
      return code;
    }
    console.complain(
        "reconciler: not all of the output could be written to stdout: " + Plain.cell(lost));
    return code == ExitCode.DONE ? ExitCode.FAILED : code;
  }

  static CommandLine commandLine(
      RootCommand root, Commands commands, Console console, String... args) {
    CommandLine line = new CommandLine(root);
    commands.create(root::console, args).forEach(line::addSubcommand);
    if (!commands.isNamed(args)) {
      line.addSubcommand(new CompletionCommand());
      line.addSubcommand(new HelpCommand());
    }
    layOut(line, Math.max(LEAST_COLUMNS, Math.min(HELP_COLUMNS, console.columns())));
    FailureReport failures = new FailureReport(root::console);
    return line.setExpandAtFiles(false)
        .setOut(writer(console.out()))
        .setErr(writer(console.err()))
        .setColorScheme(Help.defaultColorScheme(console.colours() ? Ansi.ON : Ansi.OFF))
        .setExecutionStrategy(Cli::execute)
        .setParameterExceptionHandler((wrong, given) -> failures.reportUsage(wrong))
        .setExecutionExceptionHandler((failure, command, parsed) -> failures.report(failure));
  }

  /** Options that follow a ledger's name at once are those of its list, as the name alone lists. */
  private static String[] listing(CommandLine line, String[] args) {
    List<String> words = new ArrayList<>(List.of(args));
    int name = 0;
    while (name < words.size() && words.get(name).startsWith("-")) {
      name++;
    }
    CommandLine command = name < words.size() ? line.getSubcommands().get(words.get(name)) : null;
    if (command != null
        && command.getCommand() instanceof Callable
        && command.getSubcommands().containsKey(LIST)
        && name + 1 < words.size()
        && words.get(name + 1).startsWith("-")
        && !OF_ALL.contains(words.get(name + 1))) {
      words.add(name + 1, LIST);
    }
    return words.toArray(String[]::new);
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, Charset.defaultCharset());
  }

  /** The same headings for every command, at every depth. */
  private static void layOut(CommandLine line, int columns) {
    line.setUsageHelpWidth(columns);
    UsageMessageSpec message = line.getCommandSpec().usageMessage();
    message
        .synopsisHeading(message.header().length > 0 ? "%nUsage: " : "Usage: ")
        .descriptionHeading("%n")
        .parameterListHeading("%nParameters:%n")
        .optionListHeading("%nOptions:%n")
        .commandListHeading("%nCommands:%n")
        .footerHeading("%n")
        .footer(Footer.fitted(message.footer(), columns));
    line.getSubcommands().values().forEach(command -> layOut(command, columns));
  }

  /** Lets --help before a command ask for the help of that command. */
  private static int execute(ParseResult parsed) {
    ParseResult last = parsed;
    boolean help = last.isUsageHelpRequested();
    while (last.hasSubcommand()) {
      last = last.subcommand();
      help |= last.isUsageHelpRequested();
    }
    CommandLine topic = last.commandSpec().commandLine();
    if (help) {
      topic.usage(topic.getOut(), topic.getColorScheme());
      return ExitCode.DONE;
    }
    if (!topic.getSubcommands().isEmpty() && !(topic.getCommand() instanceof Callable)) {
      throw Usage.error(
          last.commandSpec(), "say which: " + String.join(", ", topic.getSubcommands().keySet()));
    }
    return new RunLast().execute(parsed);
  }
}
