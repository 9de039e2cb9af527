package io.reconciler.program.command;

import io.reconciler.service.user.UserTable;
import java.io.PrintStream;
import org.springframework.dao.DataAccessException;

/** Tells whoever starts the service with no user how to make the first one. */
final class FirstUserHint {

  private FirstUserHint() {}

  /** One line, when nobody can sign in; none when the database can't be asked now. */
  static void print(UserTable users, PrintStream err) {
    try {
      if (users.isEmpty()) {
        err.println(
            "nobody can sign in yet: reconciler user add --email YOU@EXAMPLE.COM --role SUPER_ADMIN");
      }
    } catch (DataAccessException e) {
      // The service waits for its database; a hint is nothing to end it for.
    }
  }
}
