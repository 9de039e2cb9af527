package io.reconciler.program;

import io.reconciler.cli.Console;
import io.reconciler.cli.DemoOptions;
import io.reconciler.cli.Program;
import io.reconciler.cli.SandboxRequest;
import io.reconciler.cli.SyncOptions;
import io.reconciler.settings.Need;
import io.reconciler.settings.Settings;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What the commands do, by the settings of an environment. */
public final class ReconcilerProgram implements Program {

  private final UnaryOperator<@Nullable String> environment;
  private final Clock clock;

  /** A program in this environment. */
  public ReconcilerProgram(UnaryOperator<@Nullable String> environment, Clock clock) {
    this.environment = environment;
    this.clock = clock;
  }

  @Override
  public int sync(SyncOptions options, Console console) {
    Verbosity.apply(console);
    Settings settings = Settings.read(environment, Set.of(Need.DATABASE, Need.AIRTABLE));
    return new SyncCommandWork(settings, clock).run(options, console);
  }

  @Override
  public int check(boolean json, List<String> tables, Console console) {
    Verbosity.apply(console);
    Settings settings = Settings.read(environment, Set.of(Need.DATABASE, Need.AIRTABLE));
    return new CheckCommandWork(settings, clock).run(json, tables, console);
  }

  @Override
  public int serve(Console console) {
    Verbosity.apply(console);
    Settings settings = Settings.read(environment, Set.of(Need.DATABASE, Need.AIRTABLE, Need.WEB));
    return new ServeCommandWork(settings, clock).run(console);
  }

  @Override
  public int demo(DemoOptions options, Console console) {
    Verbosity.apply(console);
    return new Demo(Settings.forDemo(environment), clock).run(options, console);
  }

  @Override
  public int sandbox(SandboxRequest request, Console console) {
    Verbosity.apply(console);
    return new SandboxWork(clock).run(request, console);
  }

  @Override
  public int clientAdd(String name, String email, @Nullable String base, Console console) {
    return clients(console).add(name, email, base);
  }

  @Override
  public int clientRename(String base, String name, Console console) {
    return clients(console).rename(base, name);
  }

  @Override
  public int clientList(boolean json, Console console) {
    return clients(console).list(json);
  }

  @Override
  public int clientActivate(String base, Console console) {
    return clients(console).activate(base, true);
  }

  @Override
  public int clientDeactivate(String base, Console console) {
    return clients(console).activate(base, false);
  }

  private ClientCommandWork clients(Console console) {
    Verbosity.apply(console);
    return new ClientCommandWork(Settings.read(environment, Set.of(Need.DATABASE)), console);
  }
}
