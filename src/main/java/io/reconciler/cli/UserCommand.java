package io.reconciler.cli;

import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** `user`: sets up the table `users`. */
@Command(
    name = "user",
    description = "Add or list those who may sign in.",
    footer = {"Example:", "  reconciler user add --email ann@acme.example --role SUPER_ADMIN"})
final class UserCommand {

  private static final Set<String> ROLES = Set.of("SUPER_ADMIN", "CLIENT_ADMIN", "CLIENT_USER");

  private final Supplier<Users> users;
  private final Supplier<Console> console;

  @Spec private CommandSpec spec = CommandSpec.create();

  UserCommand(Supplier<Users> users, Supplier<Console> console) {
    this.users = users;
    this.console = console;
  }

  @Command(
      name = "add",
      description = "Add an active user; the password is asked for without echo.",
      footer = {"Example:", "  reconciler user add --email ann@acme.example --role SUPER_ADMIN"})
  int add(
      @Option(
              names = "--email",
              paramLabel = "E",
              required = true,
              description = "The e-mail address to sign in with. Required.")
          String email,
      @Option(
              names = "--role",
              paramLabel = "R",
              required = true,
              description = "SUPER_ADMIN, CLIENT_ADMIN or CLIENT_USER. Required.")
          String role,
      @Option(
              names = "--client",
              paramLabel = "BASE_ID",
              description = "The base of the client whose leads the user sees. Default: none.")
          @Nullable String client,
      @Option(
              names = "--password-stdin",
              description = "Read the password from stdin instead of asking. Default: off.")
          boolean passwordStdin) {
    NewUser user = new NewUser(email, role, client, passwordStdin);
    check(user);
    return users.get().add(user, console.get());
  }

  @Command(
      name = "list",
      description = "List all users, active or not.",
      footer = {"Example:", "  reconciler user list --json"})
  int list(
      @Option(names = "--json", description = "Print them as a JSON array. Default: as text.")
          boolean json) {
    return users.get().list(json, console.get());
  }

  private void check(NewUser user) {
    CommandSpec command = Usage.subcommand(spec, "add");
    Usage.checkEmail(command, user.email());
    if (!ROLES.contains(user.role())) {
      throw Usage.error(
          command,
          "--role must be SUPER_ADMIN, CLIENT_ADMIN or CLIENT_USER (given: " + user.role() + ")");
    }
    if (user.client() != null) {
      Usage.checkBaseId(command, "--client", user.client());
    }
  }
}
