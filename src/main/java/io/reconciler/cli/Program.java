package io.reconciler.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the commands call; each method returns the exit code, of {@link ExitCode}. */
public interface Program {

  /** One run for every active client, or for one. */
  int sync(SyncOptions options, Console console);

  /** Preflight: reads only. */
  int check(boolean json, List<String> tables, Console console);

  /** Schedule, REST API, admin page and metrics, until stopped. */
  int serve(Console console);

  /** Two runs against a sandbox of its own. */
  int demo(DemoOptions options, Console console);

  /** An Airtable server of its own, with an invented base. */
  int sandbox(SandboxRequest request, Console console);

  /** Adds an active client; base null: the one of AIRTABLE_BASE_ID. */
  int clientAdd(String name, String email, @Nullable String base, Console console);

  /** Gives the client of this base another name. */
  int clientRename(String base, String name, Console console);

  /** Prints all clients. */
  int clientList(boolean json, Console console);

  /** Makes the client of this base active. */
  int clientActivate(String base, Console console);

  /** Makes the client of this base inactive. */
  int clientDeactivate(String base, Console console);
}
