package io.reconciler.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** The commands that the program offers, in this order: only those whose work is there. */
public final class Commands {

  private final Map<String, Function<Supplier<Console>, Object>> commands = new LinkedHashMap<>();

  public Commands withSynchronizer(Supplier<Synchronizer> synchronizer) {
    commands.put("sync", console -> new SyncCommand(synchronizer, console));
    return this;
  }

  public Commands withServer(Supplier<Server> server) {
    commands.put("serve", console -> new ServeCommand(server, console));
    return this;
  }

  public Commands withChecker(Supplier<Checker> checker) {
    commands.put("check", console -> new CheckCommand(checker, console));
    return this;
  }

  public Commands withClients(Supplier<Clients> clients) {
    commands.put("client", console -> new ClientCommand(clients, console));
    return this;
  }

  public Commands withDemonstrator(Supplier<Demonstrator> demonstrator) {
    commands.put("demo", console -> new DemoCommand(demonstrator, console));
    return this;
  }

  public Commands withSandbox(Supplier<SandboxServer> sandbox) {
    commands.put("sandbox", console -> new SandboxCommand(sandbox, console));
    return this;
  }

  public Commands withVerifier(Supplier<Verifier> verifier) {
    commands.put("verify", console -> new VerifyCommand(verifier, console));
    return this;
  }

  public Commands withTables(Supplier<Tables> tables) {
    commands.put("tables", console -> new TablesCommand(tables, console));
    return this;
  }

  public Commands withInitializer(Supplier<Initializer> initializer) {
    commands.put("init", console -> new InitCommand(initializer, console));
    return this;
  }

  /** Offers the ledgers: runs, and conflicts and dead-letters with what settles their entries. */
  public Commands withLedgers(
      Supplier<Ledgers> ledgers, Supplier<Conflicts> conflicts, Supplier<DeadLetters> letters) {
    commands.put("runs", console -> new RunsCommand(ledgers, console));
    commands.put("conflicts", console -> new ConflictsCommand(ledgers, conflicts, console));
    commands.put("dead-letters", console -> new DeadLettersCommand(ledgers, letters, console));
    return this;
  }

  public Commands withForgetter(Supplier<Forgetter> forgetter) {
    commands.put("forget", console -> new ForgetCommand(forgetter, console));
    return this;
  }

  public Commands withBackups(Supplier<Backups> backups) {
    commands.put("backup", console -> new BackupCommand(backups, console));
    commands.put("restore", console -> new RestoreCommand(backups, console));
    return this;
  }

  public Commands withUsers(Supplier<Users> users) {
    commands.put("user", console -> new UserCommand(users, console));
    return this;
  }

  /**
   * Makes the commands, which write to the console as it is when they run; of a command line that
   * names one, that one alone: to read what the others take is a good part of a quick start.
   */
  List<Object> create(Supplier<Console> console, String[] args) {
    Function<Supplier<Console>, Object> named = commands.get(named(args));
    return (named == null ? commands.values() : List.of(named))
        .stream().map(command -> command.apply(console)).toList();
  }

  /** Whether a command line names one of them. */
  boolean isNamed(String[] args) {
    return commands.containsKey(named(args));
  }

  // No option before a command takes a value.
  private static String named(String[] args) {
    return Arrays.stream(args).filter(arg -> !arg.startsWith("-")).findFirst().orElse("");
  }
}
