package io.reconciler.program.demo;

import com.zaxxer.hikari.HikariDataSource;
import io.reconciler.cli.Console;
import io.reconciler.cli.DemoOptions;
import io.reconciler.cli.Demonstrator;
import io.reconciler.cli.ExitCode;
import io.reconciler.cli.Progress;
import io.reconciler.engine.run.ClientOutcome;
import io.reconciler.engine.run.ProgressListener;
import io.reconciler.engine.run.RunRequest;
import io.reconciler.engine.run.Trigger;
import io.reconciler.program.boot.Engine;
import io.reconciler.program.boot.Mappings;
import io.reconciler.program.boot.Service;
import io.reconciler.program.boot.Setup;
import io.reconciler.program.boot.Verbosity;
import io.reconciler.program.lifecycle.ProcessEnd;
import io.reconciler.program.log.EndFilter;
import io.reconciler.program.report.Outcomes;
import io.reconciler.program.report.Summary;
import io.reconciler.settings.Settings;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.MappingSet;
import io.reconciler.side.postgres.Database;
import io.reconciler.side.postgres.SqlFile;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What {@code demo} does: two runs between a sandbox of Airtable and an embedded PostgreSQL. */
public final class DemoProgram implements Demonstrator {

  private static final int CONNECTIONS = 10;
  private static final String COMPANIES = "companies";

  private final UnaryOperator<@Nullable String> environment;
  private final Clock clock;

  /** The demo; of this environment it takes the ports alone. */
  public DemoProgram(UnaryOperator<@Nullable String> environment, Clock clock) {
    this.environment = environment;
    this.clock = clock;
  }

  /** Stays up until the process is stopped, unless it is to end. */
  @Override
  public int demo(DemoOptions options, Console console) {
    Verbosity.apply(console);
    if (!console.verbose()) {
      EndFilter.apply();
    }
    try {
      return show(options, console);
    } catch (RuntimeException e) {
      // A signal ends the database with the demo: what fails by that is no failure.
      ProcessEnd.holdOnceBegun();
      throw e;
    }
  }

  private int show(DemoOptions options, Console console) {
    Settings settings = Settings.forDemo(environment);
    Mapping leads = Mappings.read(settings).leads().orElseThrow();
    MappingSet mappings = DemoTables.with(leads);
    console.complain(
        "starting a PostgreSQL and an Airtable sandbox with " + options.leads() + " leads");
    try (DemoSides sides = DemoSides.start(leads, options.leads(), clock);
        HikariDataSource database =
            Database.open(Objects.requireNonNull(sides.settings().database()), CONNECTIONS)) {
      JdbcClient.create(database).sql(SqlFile.read("demo-companies")).update();
      new Setup(sides.settings(), mappings, database, line -> {}).prepare();
      int code = show(options, console, mappings, sides, database);
      if (code == ExitCode.DONE && !options.once()) {
        int port = Ports.choose(options.port(), settings.serverPort());
        stayUp(port, console, mappings, sides, database);
      }
      return code;
    } catch (IOException e) {
      throw new UncheckedIOException("the embedded PostgreSQL could not be started", e);
    }
  }

  private int show(
      DemoOptions options,
      Console console,
      MappingSet mappings,
      DemoSides sides,
      HikariDataSource database) {
    PrintStream out = console.out();
    List<ClientOutcome> outcomes = new ArrayList<>();
    try (Engine engine = Engine.start(sides.settings(), mappings, database, clock, Map.of())) {
      out.println("1. The first sync brings every lead from Airtable into PostgreSQL.");
      // The companies that leads are linked to come first, and by themselves to be short.
      engine.reconcile(request(true).withTables(Set.of(COMPANIES)), ProgressListener.NONE);
      outcomes.addAll(sync(engine, request(true).withTables(Set.of(Mapping.LEADS)), console));
      out.println();
      out.println("2. Both sides work on:");
      DemoEdits edits = new DemoEdits(sides, database, mappings.leads().orElseThrow());
      edits.make().forEach(line -> out.println("   - " + line));
      out.println();
      out.println("3. The next sync brings both sides into step.");
      outcomes.addAll(sync(engine, request(false), console));
      edits.travelled().forEach(line -> out.println("  " + line));
      out.println();
    }
    DemoEdits.lookAt(sides, database, !options.once()).forEach(out::println);
    int code = new Outcomes(outcomes).exitCode();
    // One of the demo's edits is a date that is none: an error in one record is what it should be.
    return code == ExitCode.RECORD_ERRORS ? ExitCode.DONE : code;
  }

  private static RunRequest request(boolean full) {
    return new RunRequest(Trigger.CLI, "demo", 20, null, full, false, false);
  }

  private static List<ClientOutcome> sync(Engine engine, RunRequest request, Console console) {
    List<ClientOutcome> outcomes;
    try (Progress progress = new Progress(console)) {
      outcomes = engine.reconcile(request, progress);
    }
    ProcessEnd.holdOnceBegun();
    outcomes.forEach(outcome -> Summary.print(Objects.requireNonNull(outcome.result()), console));
    return outcomes;
  }

  private void stayUp(
      int port, Console console, MappingSet mappings, DemoSides sides, HikariDataSource database) {
    Map<String, Object> demo =
        Map.of(
            "server.address",
            "127.0.0.1",
            "server.port",
            port,
            "management.server.port",
            0,
            "reconciler.schedule",
            "0 * * * * ?");
    DemoUsers users = DemoUsers.add(database);
    try (Service service = Service.start(sides.settings(), mappings, database, clock, demo)) {
      console.out().println();
      users.lookAt(service.port()).forEach(console.out()::println);
      service.await();
    }
  }
}
