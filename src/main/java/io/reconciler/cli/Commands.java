package io.reconciler.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** The commands that the program offers: only those whose work is there. */
public final class Commands {

  private final List<Function<Supplier<Console>, Object>> commands = new ArrayList<>();

  private Commands() {}

  /**
   * Offers demo, sync, serve, check, client and sandbox; the program is made when one of them is
   * called.
   */
  public static Commands of(Supplier<Program> program) {
    Commands offered = new Commands();
    offered.commands.add(console -> new DemoCommand(program, console));
    offered.commands.add(console -> new SyncCommand(program, console));
    offered.commands.add(console -> new ServeCommand(program, console));
    offered.commands.add(console -> new CheckCommand(program, console));
    offered.commands.add(console -> new ClientCommand(program, console));
    offered.commands.add(console -> new SandboxCommand(program, console));
    return offered;
  }

  /** Offers verify as well. */
  public Commands withVerifier(Supplier<Verifier> verifier) {
    commands.add(console -> new VerifyCommand(verifier, console));
    return this;
  }

  /** Offers tables as well. */
  public Commands withTables(Supplier<Tables> tables) {
    commands.add(console -> new TablesCommand(tables, console));
    return this;
  }

  /** Offers init as well. */
  public Commands withInitializer(Supplier<Initializer> initializer) {
    commands.add(console -> new InitCommand(initializer, console));
    return this;
  }

  /** Offers runs, conflicts, dead-letters and forget as well. */
  public Commands withLedgers(Supplier<Ledgers> ledgers) {
    commands.add(console -> new RunsCommand(ledgers, console));
    commands.add(console -> new ConflictsCommand(ledgers, console));
    commands.add(console -> new DeadLettersCommand(ledgers, console));
    commands.add(console -> new ForgetCommand(ledgers, console));
    return this;
  }

  /** Offers backup and restore as well. */
  public Commands withBackups(Supplier<Backups> backups) {
    commands.add(console -> new BackupCommand(backups, console));
    commands.add(console -> new RestoreCommand(backups, console));
    return this;
  }

  /** Offers user as well. */
  public Commands withUsers(Supplier<Users> users) {
    commands.add(console -> new UserCommand(users, console));
    return this;
  }

  /** Makes the commands, which write to the console as it is when they run. */
  List<Object> create(Supplier<Console> console) {
    return commands.stream().map(command -> command.apply(console)).toList();
  }
}
