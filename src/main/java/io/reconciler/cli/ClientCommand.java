package io.reconciler.cli;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** `client`: sets up the table `clients`. */
@Command(
    name = "client",
    description = "Add, list, rename, activate or deactivate clients; each owns one Airtable base.",
    footer = {
      "Example:",
      "  reconciler client add --name Acme --email ops@acme.example --base appAbCdEfGhIjKlMn"
    })
final class ClientCommand {

  private final Supplier<Clients> clients;
  private final Supplier<Console> console;

  @Spec private CommandSpec spec = CommandSpec.create();

  ClientCommand(Supplier<Clients> clients, Supplier<Console> console) {
    this.clients = clients;
    this.console = console;
  }

  @Command(
      name = "add",
      description = "Add an active client.",
      footer = {
        "Example:",
        "  reconciler client add --name Acme --email ops@acme.example --base appAbCdEfGhIjKlMn"
      })
  int add(
      @Option(
              names = "--name",
              paramLabel = "N",
              required = true,
              description = "The company's name. Required.")
          String name,
      @Option(
              names = "--email",
              paramLabel = "E",
              required = true,
              description = "The company's e-mail address. Required.")
          String email,
      @Option(
              names = "--base",
              paramLabel = "BASE_ID",
              description = "The id of the client's Airtable base. Default: AIRTABLE_BASE_ID.")
          @Nullable String base) {
    CommandSpec command = Usage.subcommand(spec, "add");
    Usage.checkNotBlank(command, "--name", name);
    Usage.checkEmail(command, email);
    if (base != null) {
      Usage.checkBaseId(command, "--base", base);
    }
    return clients.get().addClient(name, email, base, console.get());
  }

  @Command(
      name = "list",
      description = "List all clients, active or not.",
      footer = {"Example:", "  reconciler client list --json"})
  int list(
      @Option(names = "--json", description = "Print them as a JSON array. Default: as text.")
          boolean json) {
    return clients.get().listClients(json, console.get());
  }

  @Command(
      name = "rename",
      description = "Give a client another name.",
      footer = {"Example:", "  reconciler client rename appAbCdEfGhIjKlMn --name \"Acme Inc.\""})
  int rename(
      @Parameters(paramLabel = "BASE_ID", description = "The base of the client.") String base,
      @Option(
              names = "--name",
              paramLabel = "N",
              required = true,
              description = "The company's name from now on. Required.")
          String name) {
    CommandSpec command = Usage.subcommand(spec, "rename");
    Usage.checkBaseId(command, "BASE_ID", base);
    Usage.checkNotBlank(command, "--name", name);
    return clients.get().renameClient(base, name, console.get());
  }

  @Command(
      name = "activate",
      description = "Reconcile this client from now on.",
      footer = {"Example:", "  reconciler client activate appAbCdEfGhIjKlMn"})
  int activate(
      @Parameters(paramLabel = "BASE_ID", description = "The base of the client.") String base) {
    Usage.checkBaseId(Usage.subcommand(spec, "activate"), "BASE_ID", base);
    return clients.get().activateClient(base, true, console.get());
  }

  @Command(
      name = "deactivate",
      description = "Leave this client alone from now on.",
      footer = {"Example:", "  reconciler client deactivate appAbCdEfGhIjKlMn"})
  int deactivate(
      @Parameters(paramLabel = "BASE_ID", description = "The base of the client.") String base) {
    Usage.checkBaseId(Usage.subcommand(spec, "deactivate"), "BASE_ID", base);
    return clients.get().activateClient(base, false, console.get());
  }
}
