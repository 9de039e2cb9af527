package io.reconciler.cli;

import io.reconciler.text.Wrap;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Where a command writes.
 *
 * @param out results
 * @param err errors, warnings and progress
 * @param terminal whether err is a terminal, so that progress may be shown there
 * @param verbose whether stack traces and debug logging are asked for
 * @param colours whether out may carry colours
 * @param paged whether out is a terminal, where long lists and lines are cut
 * @param columns the width of that terminal; elsewhere that of a page
 */
public record Console(
    PrintStream out,
    PrintStream err,
    boolean terminal,
    boolean verbose,
    boolean colours,
    boolean paged,
    int columns) {

  /** The width of texts that go to no terminal. */
  public static final int PAGE = 100;

  /** A console as wide as a page. */
  public Console(
      PrintStream out,
      PrintStream err,
      boolean terminal,
      boolean verbose,
      boolean colours,
      boolean paged) {
    this(out, err, terminal, verbose, colours, paged, PAGE);
  }

  /** A console whose out is a pipe or a file: nothing is cut there. */
  public Console(
      PrintStream out, PrintStream err, boolean terminal, boolean verbose, boolean colours) {
    this(out, err, terminal, verbose, colours, false);
  }

  /** Lets nothing through that steers a terminal, but our own colours and the progress line. */
  public Console {
    out = PlainOutput.of(out, colours);
    err = PlainOutput.of(err, colours);
  }

  /** A console without colours. */
  public Console(PrintStream out, PrintStream err, boolean terminal, boolean verbose) {
    this(out, err, terminal, verbose, false);
  }

  /** The console of this process; always UTF-8, since JSON is, whatever the locale says. */
  public static Console ofProcess(UnaryOperator<@Nullable String> environment) {
    return new Console(
        new ProcessOutput(new FileOutputStream(FileDescriptor.out), Terminal.isOutPiped()),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
        Terminal.isTerminal(environment),
        false,
        Terminal.hasColours(environment),
        Terminal.isOut(),
        Terminal.isOut() ? Terminal.columns(environment) : PAGE);
  }

  /** Prints a line on out: on a terminal in parts of whole words, the later ones indented. */
  public void line(String line) {
    int indent = line.length() - line.stripLeading().length() + 2;
    parts(line, indent).forEach(out::println);
  }

  /** Prints a line on err: where that is a terminal as wide as out's, in parts of whole words. */
  public void complain(String line) {
    List<String> lines = terminal && paged ? Wrap.words(line, columns, 2) : List.of(line);
    lines.forEach(err::println);
  }

  /** A line for out in parts of whole words, the later ones behind so many blanks. */
  public List<String> parts(String line, int indent) {
    return paged ? Wrap.words(line, columns, indent) : List.of(line);
  }

  /** The same console, verbose too if asked for. */
  Console verbose(boolean more) {
    return new Console(out, err, terminal, verbose || more, colours, paged, columns);
  }
}
