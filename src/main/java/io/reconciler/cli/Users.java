package io.reconciler.cli;

import org.jspecify.annotations.Nullable;

/** What the commands of `user` call; each method returns the exit code, of {@link ExitCode}. */
public interface Users {

  /** Adds an active user, having got the password. */
  int add(NewUser user, Console console);

  /** Gives a user another password, having got it. */
  int password(String email, boolean passwordStdin, Console console);

  /** Gives a user another role: SUPER_ADMIN, CLIENT_ADMIN or CLIENT_USER. */
  int role(String email, String role, Console console);

  /** Gives a user another client, by its base; null: none. */
  int client(String email, @Nullable String base, Console console);

  /** Lets a user in again, or keeps one out. */
  int activate(String email, boolean active, Console console);

  int remove(String email, Console console);

  /** Prints all users, without any password hash. */
  int list(boolean json, Console console);
}
