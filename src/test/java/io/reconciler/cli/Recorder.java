package io.reconciler.cli;

import io.reconciler.engine.repair.LedgerKind;
import io.reconciler.settings.InvalidSettingsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Does nothing but remember what it was asked, and answers with one exit code or failure. */
final class Recorder
    implements Synchronizer,
        Server,
        Checker,
        Clients,
        Demonstrator,
        SandboxServer,
        Verifier,
        Tables,
        Ledgers,
        Conflicts,
        DeadLetters,
        Forgetter,
        Users,
        Initializer {

  final List<String> asked = new ArrayList<>();
  int answer;
  @Nullable RuntimeException failure;
  @Nullable Error error;
  boolean verbose;

  static InvalidSettingsException invalid() {
    return new InvalidSettingsException(List.of("A is missing", "B is malformed"));
  }

  private int note(Console console, Object... words) {
    asked.add(String.join(" ", List.of(words).stream().map(String::valueOf).toList()));
    verbose = console.verbose();
    if (error != null) {
      throw error;
    }
    if (failure != null) {
      throw failure;
    }
    console.out().println("result");
    return answer;
  }

  @Override
  public int init(InitOptions options, Console console) {
    return note(console, options);
  }

  @Override
  public int tables(boolean json, Console console) {
    return note(console, "tables", json);
  }

  @Override
  public int sync(SyncOptions options, Console console) {
    return note(console, options);
  }

  @Override
  public int check(boolean json, List<String> tables, Console console) {
    return note(console, "check", json);
  }

  @Override
  public int serve(Console console) {
    return note(console, "serve");
  }

  @Override
  public int demo(DemoOptions options, Console console) {
    return note(console, options);
  }

  @Override
  public int sandbox(SandboxRequest request, Console console) {
    return note(console, request);
  }

  @Override
  public int addClient(String name, String email, @Nullable String base, Console console) {
    return note(console, "client add", name, email, String.valueOf(base));
  }

  @Override
  public int listClients(boolean json, Console console) {
    return note(console, "client list", json);
  }

  @Override
  public int renameClient(String base, String name, Console console) {
    return note(console, "client rename", base, name);
  }

  @Override
  public int activateClient(String base, boolean active, Console console) {
    return note(console, active ? "client activate" : "client deactivate", base);
  }

  @Override
  public int verify(boolean json, List<String> tables, Console console) {
    return note(console, "verify", json);
  }

  @Override
  public int list(
      LedgerKind ledger, boolean all, Map<String, String> filters, boolean json, Console console) {
    return filters.isEmpty()
        ? note(console, ledger.label(), "list", all, json)
        : note(console, ledger.label(), "list", all, json, sorted(filters));
  }

  @Override
  public int show(LedgerKind ledger, String id, boolean json, Console console) {
    return note(console, ledger.label(), "show", id, json);
  }

  @Override
  public int applyConflicts(Entries entries, @Nullable String value, Console console) {
    return note(console, "conflicts apply", words(entries) + (value == null ? "" : " " + value));
  }

  @Override
  public int dismissConflicts(Entries entries, Console console) {
    return note(console, "conflicts dismiss", words(entries));
  }

  @Override
  public int retryDeadLetters(Entries entries, Console console) {
    return note(console, "dead-letters retry", words(entries));
  }

  @Override
  public int discardDeadLetters(Entries entries, Console console) {
    return note(console, "dead-letters discard", words(entries));
  }

  private static String words(Entries entries) {
    String which = entries.id() == null ? "all" : entries.id();
    return entries.filters().isEmpty() ? which : which + " " + sorted(entries.filters());
  }

  private static String sorted(Map<String, String> filters) {
    return new TreeMap<>(filters).toString();
  }

  @Override
  public int forget(String recordId, Console console) {
    return note(console, "forget", recordId);
  }

  @Override
  public int add(NewUser user, Console console) {
    return note(console, user);
  }

  @Override
  public int password(String email, boolean passwordStdin, Console console) {
    return note(console, "user password", email, passwordStdin);
  }

  @Override
  public int role(String email, String role, Console console) {
    return note(console, "user role", email, role);
  }

  @Override
  public int client(String email, @Nullable String base, Console console) {
    return note(console, "user client", email, base == null ? "none" : base);
  }

  @Override
  public int activate(String email, boolean active, Console console) {
    return note(console, "user active", email, active);
  }

  @Override
  public int remove(String email, Console console) {
    return note(console, "user remove", email);
  }

  @Override
  public int list(boolean json, Console console) {
    return note(console, "user list", json);
  }
}
