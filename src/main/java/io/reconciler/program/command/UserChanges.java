package io.reconciler.program.command;

import io.reconciler.cli.Console;
import io.reconciler.cli.ExitCode;
import io.reconciler.service.user.Passwords;
import io.reconciler.service.user.Role;
import io.reconciler.service.user.UserTable;
import io.reconciler.side.postgres.SqlFile;
import io.reconciler.text.Plain;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the commands do to a user that is there; each ends the tokens and sessions of before. */
final class UserChanges {

  private static final String CLIENT = SqlFile.read("client-by-base");
  private static final String ENDED = "; tokens and sessions of before have ended";

  private final JdbcClient jdbc;
  private final UserTable users;
  private final Console console;

  UserChanges(JdbcClient jdbc, UserTable users, Console console) {
    this.jdbc = jdbc;
    this.users = users;
    this.console = console;
  }

  int password(String email, String password) {
    return say(
        users.setPassword(email.strip(), new Passwords().hash(password)),
        email,
        "has another password" + ENDED);
  }

  int role(String email, Role role) {
    return say(users.setRole(email.strip(), role), email, "is " + role + ENDED);
  }

  int client(String email, @Nullable String base) {
    UUID client = null;
    if (base != null) {
      Optional<UUID> found = client(jdbc, base, console);
      if (found.isEmpty()) {
        return ExitCode.USAGE;
      }
      client = found.get();
    }
    String now = base == null ? "has no client" : "sees the leads of " + base;
    return say(users.setClient(email.strip(), client), email, now + ENDED);
  }

  int activate(String email, boolean active) {
    String now = active ? "is active and has to sign in anew" : "is inactive" + ENDED;
    return say(users.setActive(email.strip(), active), email, now);
  }

  int remove(String email) {
    try {
      return say(users.remove(email.strip()), email, "is removed" + ENDED);
    } catch (DataIntegrityViolationException e) {
      console.complain(
          "another table of the portal refers to "
              + email
              + ", who can't be removed: use reconciler user deactivate");
      return ExitCode.USAGE;
    }
  }

  /** The client of a base; none, and a line on stderr, when there is no such client. */
  static Optional<UUID> client(JdbcClient jdbc, String base, Console console) {
    Optional<UUID> found = jdbc.sql(CLIENT).param("base", base).query(UUID.class).optional();
    if (found.isEmpty()) {
      console.complain("there is no client with the base " + base);
    }
    return found;
  }

  private int say(boolean found, String email, String now) {
    if (!found) {
      console.complain("there is no user with the e-mail address " + email);
      return ExitCode.USAGE;
    }
    console.line(Plain.cell(email) + " " + now);
    if (!users.hasAdministrator()) {
      console.complain(
          "no active SUPER_ADMIN is left: nobody can administrate the service any more");
    }
    return ExitCode.DONE;
  }
}
