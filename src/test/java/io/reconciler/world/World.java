package io.reconciler.world;

import com.zaxxer.hikari.HikariDataSource;
import io.reconciler.engine.dryrun.PlannedConflict;
import io.reconciler.engine.run.ClientOutcome;
import io.reconciler.engine.run.ProgressListener;
import io.reconciler.engine.run.RunRequest;
import io.reconciler.engine.run.RunResult;
import io.reconciler.engine.run.Trigger;
import io.reconciler.program.boot.Engine;
import io.reconciler.program.boot.TestEngine;
import io.reconciler.sandbox.Sandbox;
import io.reconciler.sandbox.SandboxOptions;
import io.reconciler.sandbox.table.SandboxField;
import io.reconciler.sandbox.table.SandboxTable;
import io.reconciler.settings.Settings;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.MappingFile;
import io.reconciler.side.postgres.Migrations;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Both sides and the engine between them, real but for Airtable, which is the sandbox. */
public final class World implements AutoCloseable {

  /** The token that the engine shows. */
  public static final String TOKEN = "patTestTestTest.test";

  private static final AtomicInteger BASES = new AtomicInteger();
  private static final Map<SideBySide.Lane, World> OF_LANES = new ConcurrentHashMap<>();

  // Not truncate, which makes new files: 30 ms each time, and there are thousands of times. Clients
  // come last, because others refer to them.
  private static final String EMPTY = emptying(List.of("leads"));

  /** Empties these tables, then what the engine keeps, and what these may refer to last. */
  static String emptying(List<String> tables) {
    return emptied(tables).stream()
        .map("delete from %s"::formatted)
        .collect(Collectors.joining(";"));
  }

  /** The tables that are emptied with these, those that others may refer to last. */
  static List<String> emptied(List<String> tables) {
    return Stream.of(
            tables,
            List.of(
                "users",
                "reconciler.user_revision",
                "reconciler.run",
                "reconciler.watermark",
                "reconciler.field",
                "reconciler.airtable_table",
                "reconciler.agreed_value",
                "reconciler.conflict",
                "reconciler.dead_letter",
                "reconciler.left_record",
                "reconciler.request_pause",
                "reconciler.request_pace",
                "reconciler.request_count",
                "reconciler.request_permit",
                "reconciler.notice",
                "reconciler.notice_state",
                "reconciler.run_change",
                "reconciler.run_progress",
                "reconciler.job",
                "clients"))
        .flatMap(List::stream)
        .toList();
  }

  private final Sandbox sandbox;
  private final HikariDataSource database;
  private final JdbcClient jdbc;
  private final Mapping mapping;
  private final Settings settings;
  private final LateEngine engine;
  private final Map<String, String> environment;
  private String baseId = "";
  private UUID clientId = new UUID(0, 0);
  private SandboxTable leads;
  private Plan plan = new Plan();

  /** How the engine of a world is started. */
  @FunctionalInterface
  public interface Starter {
    /** Starts it. */
    Engine start(Settings settings, Mapping mapping, HikariDataSource database);
  }

  private World(Sandbox sandbox, String url, Map<String, String> more, Starter starter) {
    this.sandbox = sandbox;
    this.database = TestDatabase.pool(url);
    this.jdbc = JdbcClient.create(database);
    Map<String, String> environment = new HashMap<>();
    environment.put("DATABASE_URL", url);
    environment.put("AIRTABLE_API_KEY", TOKEN);
    environment.put("AIRTABLE_API_URL", sandbox.url().toString());
    environment.put("RECONCILER_RATE_LIMIT_MS", "4");
    environment.putAll(more);
    this.environment = Map.copyOf(environment);
    this.settings = Settings.read(environment::get, Set.of());
    this.mapping = defaultMapping();
    new Migrations(database, mapping).migrate();
    this.engine = new LateEngine(() -> starter.start(settings, mapping, database));
    this.leads = fresh();
  }

  /** A world for all test classes that need nothing special; stays open until the JVM ends. */
  public static World shared() {
    return Shared.WORLD;
  }

  /**
   * The world of the classes of a lane that need nothing special: the shared one without a lane.
   */
  static World of(Class<?> testClass) {
    SideBySide beside = testClass.getAnnotation(SideBySide.class);
    return beside == null
        ? shared()
        : OF_LANES.computeIfAbsent(beside.value(), lane -> untilTheEnd());
  }

  /** A world whose sandbox has no rate limit; variables as in the environment. */
  public static World open(Map<String, String> environment) {
    return open(environment, Clock.systemUTC());
  }

  /** The same, with Airtable on another clock. */
  public static World open(Map<String, String> environment, Clock airtable) {
    return open(environment, unlimited().withClock(airtable), Map.of());
  }

  /** A world with such a sandbox, and properties as in {@code application.yaml}. */
  public static World open(
      Map<String, String> environment, SandboxOptions options, Map<String, Object> properties) {
    Starter starter =
        (settings, mapping, database) -> TestEngine.start(settings, mapping, database, properties);
    return started(
        new World(Sandbox.start(options), TestDatabase.migratedUrl(), environment, starter));
  }

  /** A world on a database of the caller's and with an engine as the caller starts it. */
  public static World open(
      String url, Map<String, String> environment, Clock airtable, Starter starter) {
    return started(
        new World(Sandbox.start(unlimited().withClock(airtable)), url, environment, starter));
  }

  /** A world for those who start something of their own: its engine waits until it is needed. */
  public static World withLateEngine(Map<String, String> environment) {
    Starter starter =
        (settings, mapping, database) -> TestEngine.start(settings, mapping, database, Map.of());
    return new World(Sandbox.start(unlimited()), TestDatabase.migratedUrl(), environment, starter);
  }

  private static World started(World world) {
    world.engine.started();
    return world;
  }

  /** A sandbox that takes any number of requests. */
  public static SandboxOptions unlimited() {
    return SandboxOptions.defaults().withPort(0).withRequestsPerSecond(0);
  }

  /** The mapping that comes with the program. */
  public static Mapping defaultMapping() {
    try (InputStream in = World.class.getResourceAsStream("/mapping/leads.yaml")) {
      return MappingFile.read("leads.yaml", Objects.requireNonNull(in)).withoutPlaces();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Empties both sides and starts over with a new client and base; its table of leads. */
  public SandboxTable fresh() {
    sandbox.clearFaults();
    sandbox.clearLogs();
    jdbc.sql(EMPTY).update();
    baseId = "appTest%010d".formatted(BASES.incrementAndGet());
    clientId = addClient(baseId);
    leads = addTable(baseId);
    return leads;
  }

  /**
   * The same in the base that is there, whose permits are made already: there are many of them. Its
   * fields must have their names.
   */
  public SandboxTable freshInPlace() {
    sandbox.clearFaults();
    jdbc.sql(keepingPermits(EMPTY)).update();
    clientId = addClient(baseId);
    leads.ids().forEach(leads::delete);
    sandbox.clearLogs();
    return leads;
  }

  /** These statements with every permit free instead of none made. */
  static String keepingPermits(String statements) {
    return statements.replace(
        "delete from reconciler.request_permit",
        "update reconciler.request_permit set free_at = '-infinity' where free_at <> '-infinity'");
  }

  /** Another active client. */
  public UUID addClient(String base) {
    UUID id = UUID.randomUUID();
    jdbc.sql("insert into clients (id, company_name, email, airtable_base_id) values (?, ?, ?, ?)")
        .params(id, "Client " + base, "someone@example.com", base)
        .update();
    return id;
  }

  /** The table of leads in another base. */
  public SandboxTable addTable(String base) {
    return sandbox.base(base).addTable(mapping.table(), fields(mapping));
  }

  /** The fields of the mapping, as a sandbox table has them. */
  public static List<SandboxField> fields(Mapping mapping) {
    List<SandboxField> fields =
        new java.util.ArrayList<>(
            mapping.airtableFields().stream()
                .map(
                    f ->
                        SandboxField.of(
                            Objects.requireNonNull(f.airtableField()),
                            Objects.requireNonNull(f.airtableType())))
                .toList());
    fields.add(SandboxField.of(mapping.lastModifiedField(), "lastModifiedTime"));
    return fields;
  }

  /** A run of the last 20 minutes, as a command would start it. */
  public RunResult sync() {
    return run(request(20, false));
  }

  /** A run that lists every record. */
  public RunResult fullSync() {
    return run(request(20, true));
  }

  /** A request of this world's only client. */
  public RunRequest request(int minutes, boolean full) {
    return new RunRequest(Trigger.CLI, "test", minutes, null, full, false, false);
  }

  /** A run of a request; there must be one client. */
  public RunResult run(RunRequest request) {
    List<ClientOutcome> outcomes = runAll(request);
    if (outcomes.size() != 1) {
      throw new IllegalStateException("outcomes: " + outcomes);
    }
    return Objects.requireNonNull(outcomes.get(0).result(), "busy");
  }

  /** A run of all clients. */
  public List<ClientOutcome> runAll(RunRequest request) {
    plan = new Plan();
    return engine().reconcile(request, plan);
  }

  /** What the last run planned, which was a dry one. */
  public Plan plan() {
    return plan;
  }

  /** The plan of a dry run, kept. */
  public static final class Plan implements ProgressListener {
    private final List<RunResult.PlannedWrite> writes = new ArrayList<>();
    private final List<PlannedConflict> conflicts = new ArrayList<>();

    @Override
    public void planned(RunResult.PlannedWrite write) {
      writes.add(write);
    }

    @Override
    public void decided(PlannedConflict conflict) {
      conflicts.add(conflict);
    }

    /** The writes, in order. */
    public List<RunResult.PlannedWrite> writes() {
      return writes;
    }

    /** The conflicts, in order. */
    public List<PlannedConflict> conflicts() {
      return conflicts;
    }
  }

  /** The columns of the lead of a record; empty when there is none. */
  public Map<String, Object> lead(String recordId) {
    return jdbc
        .sql("select * from leads where airtable_record_id = ?")
        .param(recordId)
        .query()
        .listOfRows()
        .stream()
        .findFirst()
        .orElse(Map.of());
  }

  /** An edit by the portal, made so long ago; columns by name. */
  public void portalEdit(String recordId, Duration ago, Map<String, ?> columns) {
    Map<String, Object> values = new LinkedHashMap<>(columns);
    values.put("updated_at", at(Instant.now().minus(ago)));
    String set =
        String.join(", ", values.keySet().stream().map(column -> column + " = ?").toList());
    List<Object> parameters = new java.util.ArrayList<>(values.values());
    parameters.add(recordId);
    jdbc.sql("update leads set " + set + " where airtable_record_id = ?")
        .params(parameters)
        .update();
  }

  /**
   * Lets time pass: everything that both sides and the engine remember moves into the past, in
   * whole seconds.
   */
  public void age(Duration time) {
    String interval = " - interval '" + time.toSeconds() + " seconds'";
    for (String column :
        List.of(
            "leads.updated_at",
            "reconciler.watermark.pulled_until",
            "reconciler.watermark.pushed_until",
            "reconciler.agreed_value.airtable_modified_at",
            "reconciler.dead_letter.next_attempt_at",
            "reconciler.field.missing_since")) {
      String name = column.substring(column.lastIndexOf('.') + 1);
      String table = column.substring(0, column.lastIndexOf('.'));
      jdbc.sql("update " + table + " set " + name + " = " + name + interval).update();
    }
    leads.ids().forEach(id -> leads.setModified(id, leads.modified(id).minus(time)));
  }

  /** What both sides hold. */
  public Sides sides() {
    return new Sides(this);
  }

  /** A time as a parameter of a statement. */
  public static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  /** Whether a statement in this database waits for a lock; other worlds share the server. */
  public boolean isWaitingForLock() {
    return count(
            "select count(*) from pg_stat_activity where datname = current_database()"
                + " and wait_event_type = 'Lock'")
        > 0;
  }

  /** The single number that a query returns. */
  public long count(String sql) {
    return jdbc.sql(sql).query(Long.class).single();
  }

  /** The variables of a command in this world. */
  public Map<String, String> environment() {
    return environment;
  }

  /** The database, for anything else. */
  public JdbcClient jdbc() {
    return jdbc;
  }

  /** The pool. */
  public HikariDataSource database() {
    return database;
  }

  /** Airtable. */
  public Sandbox sandbox() {
    return sandbox;
  }

  /** The client's table in Airtable. */
  public SandboxTable leads() {
    return leads;
  }

  /** The client's base. */
  public String baseId() {
    return baseId;
  }

  /** The client. */
  public UUID clientId() {
    return clientId;
  }

  /** The mapping. */
  public Mapping mapping() {
    return mapping;
  }

  /** The routes. */
  public Engine engine() {
    return engine.started();
  }

  /** Another process, as far as the database and Airtable can tell; the caller closes both. */
  public Engine anotherEngine(HikariDataSource pool) {
    return TestEngine.start(settings, mapping, pool, Map.of());
  }

  /** What the engine was started with. */
  public Settings settings() {
    return settings;
  }

  @Override
  public void close() {
    engine.close();
    sandbox.close();
    database.close();
  }

  private static World untilTheEnd() {
    World world = World.open(Map.of());
    Runtime.getRuntime().addShutdownHook(new Thread(world::close));
    return world;
  }

  private static final class Shared {
    static final World WORLD = untilTheEnd();
  }
}
