package io.reconciler.cli;

import org.jspecify.annotations.Nullable;

/** What `client` calls; the exit code is one of {@link ExitCode}. */
public interface Clients {

  /** Adds an active client; base null: the one of AIRTABLE_BASE_ID. */
  int addClient(String name, String email, @Nullable String base, Console console);

  /** Gives the client of this base another name. */
  int renameClient(String base, String name, Console console);

  int listClients(boolean json, Console console);

  /** Makes the client of this base active or inactive. */
  int activateClient(String base, boolean active, Console console);
}
