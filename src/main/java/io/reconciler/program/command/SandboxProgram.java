package io.reconciler.program.command;

import io.reconciler.cli.Console;
import io.reconciler.cli.ExitCode;
import io.reconciler.cli.SandboxRequest;
import io.reconciler.cli.SandboxServer;
import io.reconciler.program.boot.Verbosity;
import io.reconciler.sandbox.Sandbox;
import io.reconciler.sandbox.SandboxOptions;
import io.reconciler.sandbox.samples.SampleBase;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;

/** What {@code sandbox} does: a server with an invented base, until the process is stopped. */
final class SandboxProgram implements SandboxServer {

  static final String BASE = "appSandboxSandbox";
  private static final String TOKEN = "patSandboxSandb01.sandbox";

  private final Clock clock;

  SandboxProgram(Clock clock) {
    this.clock = clock;
  }

  /** Serves until the thread is interrupted or the process ends. */
  @Override
  public int sandbox(SandboxRequest request, Console console) {
    Verbosity.apply(console);
    try (Sandbox sandbox = start(request)) {
      console.out().println("export AIRTABLE_API_URL=" + sandbox.url());
      console.out().println("export AIRTABLE_API_KEY=" + TOKEN);
      console.out().println("export AIRTABLE_BASE_ID=" + BASE);
      console.complain("the sandbox is up; Ctrl-C ends it");
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return ExitCode.DONE;
  }

  private Sandbox start(SandboxRequest request) {
    Sandbox sandbox =
        Sandbox.start(
            SandboxOptions.defaults()
                .withPort(request.port() == null ? 0 : request.port())
                .withClock(clock)
                .withTokens(TOKEN));
    SampleBase.Size size =
        new SampleBase.Size(request.tables(), request.fields(), request.records());
    SampleBase.fill(sandbox.base(BASE), size, request.seed(), clock.instant());
    return sandbox;
  }
}
