package io.reconciler.cli;

/** What the commands of `user` call; each method returns the exit code, of {@link ExitCode}. */
public interface Users {

  /** Adds an active user, having got the password. */
  int add(NewUser user, Console console);

  /** Prints all users, without any password hash. */
  int list(boolean json, Console console);
}
