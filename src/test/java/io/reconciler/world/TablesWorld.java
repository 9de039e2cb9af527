package io.reconciler.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.zaxxer.hikari.HikariDataSource;
import io.reconciler.engine.run.ClientOutcome;
import io.reconciler.engine.run.ProgressListener;
import io.reconciler.engine.run.RunRequest;
import io.reconciler.engine.run.RunResult;
import io.reconciler.engine.run.Trigger;
import io.reconciler.program.boot.Engine;
import io.reconciler.program.boot.TestEngine;
import io.reconciler.sandbox.Sandbox;
import io.reconciler.sandbox.table.SandboxBase;
import io.reconciler.sandbox.table.SandboxField;
import io.reconciler.sandbox.table.SandboxTable;
import io.reconciler.settings.Settings;
import io.reconciler.settings.UsersTable;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.MappingFolder;
import io.reconciler.side.mapping.MappingSet;
import io.reconciler.side.postgres.Migrations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A base of several tables, a folder of mappings and an engine between; both sides are empty. */
public final class TablesWorld implements AutoCloseable {

  /** The base that mappings without a client column name. */
  public static final String BASE = "appTablesWorld001";

  private final Sandbox sandbox;
  private final HikariDataSource database;
  private final JdbcClient jdbc;
  private final MappingSet mappings;
  private final Settings settings;
  private final Engine engine;
  private final Map<String, String> environment;
  private final UUID clientId = UUID.randomUUID();

  /** How the engine of a world is started. */
  @FunctionalInterface
  public interface Starter {
    /** Starts it. */
    Engine start(Settings settings, MappingSet mappings, HikariDataSource database);
  }

  private TablesWorld(
      Path folder,
      String ddl,
      Map<String, List<SandboxField>> tables,
      String url,
      Clock airtable,
      Starter starter) {
    this.sandbox = Sandbox.start(World.unlimited().withClock(airtable));
    this.database = TestDatabase.pool(url);
    this.jdbc = JdbcClient.create(database);
    try {
      this.mappings = MappingFolder.read(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.environment =
        Map.of(
            "DATABASE_URL",
            url,
            "AIRTABLE_API_KEY",
            World.TOKEN,
            "AIRTABLE_API_URL",
            sandbox.url().toString(),
            "RECONCILER_MAPPING",
            "file:" + folder,
            "RECONCILER_RATE_LIMIT_MS",
            "2",
            "RECONCILER_JWT_SECRET",
            ServiceWorld.SECRET);
    this.settings = Settings.read(environment::get, Set.of());
    new Migrations(database, mappings, UsersTable.PORTALS).migrate();
    jdbc.sql(ddl).update();
    addClient();
    tables.forEach((name, fields) -> base().addTable(name, fields));
    this.engine = starter.start(settings, mappings, database);
  }

  /**
   * A world of these mappings, by file name without ending.
   *
   * @param ddl the statements that make the tables of PostgreSQL
   * @param tables Airtable's tables with their fields
   */
  public static TablesWorld open(
      Path folder,
      Map<String, String> mappings,
      String ddl,
      Map<String, List<SandboxField>> tables) {
    return open(
        folder,
        mappings,
        ddl,
        tables,
        TestDatabase.url(),
        Clock.systemUTC(),
        (settings, set, database) -> TestEngine.start(settings, set, database, Map.of()));
  }

  /** The same on a database of the caller's and with an engine as the caller starts it. */
  public static TablesWorld open(
      Path folder,
      Map<String, String> mappings,
      String ddl,
      Map<String, List<SandboxField>> tables,
      String url,
      Clock airtable,
      Starter starter) {
    mappings.forEach(
        (name, yaml) -> {
          try {
            Files.writeString(folder.resolve(name + ".yaml"), yaml);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    return new TablesWorld(folder, ddl, tables, url, airtable, starter);
  }

  private void addClient() {
    jdbc.sql("insert into clients (id, company_name, email, airtable_base_id) values (?, ?, ?, ?)")
        .params(clientId, "Acme", "someone@example.com", BASE)
        .update();
  }

  /** Empties these tables of PostgreSQL, the engine's and all of Airtable. */
  public void fresh(List<String> tables) {
    sandbox.clearFaults();
    // The base stays the same one, and the engine has made its permits already.
    jdbc.sql(World.keepingPermits(World.emptying(tables))).update();
    addClient();
    for (Mapping mapping : mappings.inOrder()) {
      SandboxTable table = base().table(mapping.table());
      table.ids().forEach(table::delete);
    }
    sandbox.clearLogs();
  }

  /** The base. */
  public SandboxBase base() {
    return sandbox.base(BASE);
  }

  /** Airtable. */
  public Sandbox sandbox() {
    return sandbox;
  }

  /** The database. */
  public JdbcClient jdbc() {
    return jdbc;
  }

  /** The pool. */
  public HikariDataSource database() {
    return database;
  }

  /** The mappings. */
  public MappingSet mappings() {
    return mappings;
  }

  /** What the engine was started with. */
  public Settings settings() {
    return settings;
  }

  /** The variables of a command in this world. */
  public Map<String, String> environment() {
    return environment;
  }

  /** The routes. */
  public Engine engine() {
    return engine;
  }

  /** The client. */
  public UUID clientId() {
    return clientId;
  }

  /** A run of the last 20 minutes, or of every record. */
  public RunResult sync(boolean full) {
    return run(new RunRequest(Trigger.CLI, "test", 20, null, full, false, false));
  }

  /** A run of a request. */
  public RunResult run(RunRequest request) {
    List<ClientOutcome> outcomes = engine.reconcile(request, ProgressListener.NONE);
    return Objects.requireNonNull(outcomes.get(0).result());
  }

  /** A cell in Airtable, null when it is empty. */
  public JsonNode cell(String table, String recordId, String field) {
    return base().table(table).cells(recordId).get(field);
  }

  /** The columns of the row of a record. */
  public Map<String, Object> row(String table, String recordId) {
    return jdbc
        .sql("select * from " + table + " where airtable_record_id = ?")
        .param(recordId)
        .query()
        .listOfRows()
        .stream()
        .findFirst()
        .map(HashMap::new)
        .orElseGet(HashMap::new);
  }

  /** Every row of every table of both schemas that a run writes, with its transaction. */
  public List<String> rows(List<String> tables) {
    return tables.stream()
        .flatMap(
            table ->
                jdbc
                    .sql(
                        "select xmin || ' ' || cast(to_jsonb(t) as text) from "
                            + table
                            + " t order by 1")
                    .query(String.class)
                    .list()
                    .stream())
        .toList();
  }

  @Override
  public void close() {
    engine.close();
    sandbox.close();
    database.close();
  }
}
