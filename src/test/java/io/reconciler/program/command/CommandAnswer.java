package io.reconciler.program.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.cli.Cli;
import io.reconciler.cli.Commands;
import io.reconciler.cli.Console;
import io.reconciler.side.postgres.OneColumn;
import io.reconciler.world.World;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;

/** What a command line answers in a world. */
public record CommandAnswer(int code, String out, String err) {

  /** Runs a command as the program does. */
  static CommandAnswer to(World world, String... args) {
    return to(world.environment(), "", args);
  }

  /** The same in another environment, with this on stdin where a password is read. */
  public static CommandAnswer to(Map<String, String> environment, String stdin, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Commands commands = AllCommands.of(environment::get, Clock.systemUTC(), password(stdin));
    int code = Cli.run(args, commands, new Console(stream(out), stream(err), false, false));
    return new CommandAnswer(code, text(out), text(err));
  }

  /** Its result as JSON. */
  public JsonNode json() {
    return OneColumn.parse(out);
  }

  private static PasswordSource password(String stdin) {
    return new PasswordSource(new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, false, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
