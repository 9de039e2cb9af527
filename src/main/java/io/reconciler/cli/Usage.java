package io.reconciler.cli;

import io.reconciler.settings.Settings;
import java.util.Objects;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Checks what picocli cannot: a value that breaks a rule is wrong usage, told in one line. */
final class Usage {

  private static final Pattern EMAIL = Pattern.compile("[^\\s@]+@[^\\s@]+");

  private Usage() {}

  static ParameterException error(CommandSpec command, String message) {
    return new ParameterException(command.commandLine(), message);
  }

  /** The command that a method with this name stands for; errors of it hint at its own help. */
  static CommandSpec subcommand(CommandSpec group, String name) {
    return Objects.requireNonNull(group.subcommands().get(name)).getCommandSpec();
  }

  static void checkBaseId(CommandSpec command, String what, String text) {
    if (!Settings.isBaseId(text)) {
      throw error(
          command,
          "%s must be a base id, app and 14 letters or digits (given: %s), for example %s"
              .formatted(what, text, "appAbCdEfGhIjKlMn"));
    }
  }

  static void checkEmail(CommandSpec command, String text) {
    if (!EMAIL.matcher(text).matches()) {
      throw error(command, "--email must be an e-mail address (given: %s)".formatted(text));
    }
  }

  static void checkNotBlank(CommandSpec command, String what, String text) {
    if (text.isBlank()) {
      throw error(command, what + " must not be blank");
    }
  }

  static void checkRange(CommandSpec command, String what, int value, int least, int most) {
    if (value < least || value > most) {
      throw error(
          command, "%s must be between %d and %d (given: %d)".formatted(what, least, most, value));
    }
  }
}
