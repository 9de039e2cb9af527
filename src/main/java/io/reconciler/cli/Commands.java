package io.reconciler.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** The commands that the program offers, in this order: only those whose work is there. */
public final class Commands {

  private final List<Function<Supplier<Console>, Object>> commands = new ArrayList<>();

  /** Offers sync. */
  public Commands withSynchronizer(Supplier<Synchronizer> synchronizer) {
    commands.add(console -> new SyncCommand(synchronizer, console));
    return this;
  }

  /** Offers serve. */
  public Commands withServer(Supplier<Server> server) {
    commands.add(console -> new ServeCommand(server, console));
    return this;
  }

  /** Offers check. */
  public Commands withChecker(Supplier<Checker> checker) {
    commands.add(console -> new CheckCommand(checker, console));
    return this;
  }

  /** Offers client. */
  public Commands withClients(Supplier<Clients> clients) {
    commands.add(console -> new ClientCommand(clients, console));
    return this;
  }

  /** Offers demo. */
  public Commands withDemonstrator(Supplier<Demonstrator> demonstrator) {
    commands.add(console -> new DemoCommand(demonstrator, console));
    return this;
  }

  /** Offers sandbox. */
  public Commands withSandbox(Supplier<SandboxServer> sandbox) {
    commands.add(console -> new SandboxCommand(sandbox, console));
    return this;
  }

  /** Offers verify. */
  public Commands withVerifier(Supplier<Verifier> verifier) {
    commands.add(console -> new VerifyCommand(verifier, console));
    return this;
  }

  /** Offers tables. */
  public Commands withTables(Supplier<Tables> tables) {
    commands.add(console -> new TablesCommand(tables, console));
    return this;
  }

  /** Offers init. */
  public Commands withInitializer(Supplier<Initializer> initializer) {
    commands.add(console -> new InitCommand(initializer, console));
    return this;
  }

  /** Offers runs, conflicts, dead-letters and forget. */
  public Commands withLedgers(Supplier<Ledgers> ledgers) {
    commands.add(console -> new RunsCommand(ledgers, console));
    commands.add(console -> new ConflictsCommand(ledgers, console));
    commands.add(console -> new DeadLettersCommand(ledgers, console));
    commands.add(console -> new ForgetCommand(ledgers, console));
    return this;
  }

  /** Offers backup and restore. */
  public Commands withBackups(Supplier<Backups> backups) {
    commands.add(console -> new BackupCommand(backups, console));
    commands.add(console -> new RestoreCommand(backups, console));
    return this;
  }

  /** Offers user. */
  public Commands withUsers(Supplier<Users> users) {
    commands.add(console -> new UserCommand(users, console));
    return this;
  }

  /** Makes the commands, which write to the console as it is when they run. */
  List<Object> create(Supplier<Console> console) {
    return commands.stream().map(command -> command.apply(console)).toList();
  }
}
