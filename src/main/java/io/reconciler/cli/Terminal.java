package io.reconciler.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells terminals from pipes and files, without native code. */
public final class Terminal {

  private static final Pattern DEVICE = Pattern.compile("/dev/(pts/|tty).+");
  private static final Pattern PIPE = Pattern.compile("(pipe|socket):.*");
  private static final Path OUT = Path.of("/proc/self/fd/1");

  // Narrower than 40 columns a progress line says nothing.
  private static final Pattern WIDTH = Pattern.compile("[4-9][0-9]|[1-9][0-9]{2,3}");

  private Terminal() {}

  /** Whether stderr is a terminal: the launcher knows (RECONCILER_TTY), else Linux is asked. */
  public static boolean isTerminal(UnaryOperator<@Nullable String> environment) {
    String told = environment.apply("RECONCILER_TTY");
    return (told == null || told.isEmpty())
        ? isDevice(Path.of("/proc/self/fd/2"))
        : told.equals("1");
  }

  /** Whether stdout is a terminal that shows colours, and NO_COLOR is not set. */
  static boolean hasColours(UnaryOperator<@Nullable String> environment) {
    String noColor = environment.apply("NO_COLOR");
    return (noColor == null || noColor.isEmpty())
        && !"dumb".equals(environment.apply("TERM"))
        && isDevice(OUT);
  }

  /** Whether stdout is a terminal. */
  static boolean isOut() {
    return isDevice(OUT);
  }

  /** Whether stdout is a pipe, whose reader may leave at any time. */
  static boolean isOutPiped() {
    return isPipe(OUT);
  }

  /** The width of the terminal as the launcher measured it (COLUMNS), else 80. */
  static int columns(UnaryOperator<@Nullable String> environment) {
    String told = environment.apply("COLUMNS");
    return told != null && WIDTH.matcher(told).matches() ? Integer.parseInt(told) : 80;
  }

  /** Whether the link leads to a terminal's device. */
  static boolean isDevice(Path link) {
    return leadsTo(DEVICE, link);
  }

  /** Whether the link leads to a pipe. */
  static boolean isPipe(Path link) {
    return leadsTo(PIPE, link);
  }

  private static boolean leadsTo(Pattern target, Path link) {
    try {
      return target.matcher(Files.readSymbolicLink(link).toString()).matches();
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
