package io.reconciler.engine.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reconciler.engine.field.KnownFields;
import io.reconciler.side.airtable.AirtableRequests;
import io.reconciler.side.mapping.Mapping;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One run of one client while it goes on: its window, counts and outcome. One thread leads it;
 * those beside it, a page asked for ahead and updates on the way, count, wait and try.
 */
public final class Run {

  /** Ends the names of the statements for tables whose record ids are unique only by client. */
  public static final String PER_CLIENT = "@client";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final SharedRun shared;
  private final RunRequest request;
  private final Run whole;
  private final @Nullable Mapping mapping;
  private final List<Run> tables;
  private final Map<String, Run> beside = new HashMap<>();
  private final List<Object> later = new ArrayList<>();
  private final RunCounts counts;
  private final Stages stages;
  private final Coverage coverage = new Coverage();
  private final Set<String> leftOut = new LinkedHashSet<>();
  private final PlannedLeads plannedLeads = new PlannedLeads();
  private final FirstDifferences firstDifferences = new FirstDifferences();
  private final AtomicInteger tries = new AtomicInteger();
  private final AtomicInteger leftForLocks = new AtomicInteger();
  private volatile String waitsFor = "its beginning";
  private boolean perClient;
  private @Nullable KnownFields fields;
  private RunOutcome outcome = RunOutcome.RUNNING;
  private @Nullable String failure;
  private @Nullable Instant ended;

  /**
   * A run that starts now, over these tables in this order.
   *
   * @param first whether a table that was never fully loaded is listed whole
   */
  Run(
      Client client,
      RunRequest request,
      Clock clock,
      ProgressListener progress,
      List<Mapping> mappings,
      boolean first) {
    this.shared = new SharedRun(client, clock);
    this.whole = this;
    this.mapping = mappings.size() == 1 ? mappings.get(0) : null;
    this.stages = new Stages();
    this.counts = new RunCounts(request.dryRun(), progress);
    boolean noneLoaded = first && mappings.stream().noneMatch(m -> client.loaded(m.name()));
    this.request = request.forClient(client.baseId(), noneLoaded && !mappings.isEmpty());
    this.tables =
        mapping != null
            ? List.of(this)
            : mappings.stream().map(each -> new Run(this, request, each, first)).toList();
  }

  /** A run that starts now and works on one table. */
  public Run(
      Client client, RunRequest request, Clock clock, ProgressListener progress, Mapping mapping) {
    this(client, request, clock, progress, List.of(mapping), false);
  }

  // The part of a run that works on one of its several tables.
  private Run(Run whole, RunRequest request, Mapping mapping, boolean first) {
    this(
        whole,
        request.forClient(whole.client().baseId(), first && !whole.client().loaded(mapping.name())),
        mapping,
        whole.counts.of(mapping.name()));
  }

  private Run(Run whole, RunRequest request, @Nullable Mapping mapping, RunCounts counts) {
    this.shared = whole.shared;
    this.request = request;
    this.whole = whole;
    this.mapping = mapping;
    this.tables = List.of(this);
    // A rehearsal is no part of what is to be seen.
    this.stages = request.dryRun() == whole.request.dryRun() ? whole.stages : new Stages();
    this.counts = counts;
  }

  /** The same run as it would go, writing nothing: under the same lock, its requests count. */
  public Run rehearsal() {
    return new Run(whole, request.rehearsal(), mapping, counts.rehearsal());
  }

  /** The same run on another table, for the records that this one needs of it. */
  public Run on(Mapping other) {
    if (mapping != null && other.name().equals(mapping.name())) {
      return this;
    }
    return beside.computeIfAbsent(
        other.name(),
        name ->
            whole.tables.stream()
                .filter(table -> table.mapping != null && name.equals(table.mapping.name()))
                .findFirst()
                .map(
                    table ->
                        request.dryRun() && !whole.request.dryRun() ? table.rehearsal() : table)
                .orElseGet(
                    () ->
                        new Run(
                            whole,
                            request.forClient(client().baseId(), false),
                            other,
                            counts.of(name))));
  }

  /** Its parts, one a table, in the order in which they are pulled; of one table, itself. */
  public List<Run> tables() {
    return tables;
  }

  /** The table that it works on. */
  public Mapping mapping() {
    return Objects.requireNonNull(mapping, "a run over several tables works on each by itself");
  }

  /** The name of the table that it works on, for the statements. */
  public String table() {
    return mapping().name();
  }

  /** What its statements end with: the table's name, and how its records name its rows. */
  public String statements() {
    return perClient ? table() + PER_CLIENT : table();
  }

  /** A record id names a row of its table only together with the client. */
  public void perClient(boolean only) {
    perClient = only;
  }

  /** Links of this record wait until all tables are pulled. */
  public <T> void leaveLinks(T record) {
    later.add(record);
  }

  /** What waits for that; nothing does after it. */
  public List<Object> takeLater() {
    List<Object> taken = List.copyOf(later);
    later.clear();
    return taken;
  }

  /** Whether links of a table of the run still wait. */
  public boolean hasLinksLeft() {
    return tables.stream().anyMatch(table -> table.isOngoing() && !table.later.isEmpty());
  }

  /** Whether its fields were looked up. */
  public boolean hasFields() {
    return fields != null;
  }

  /** Whether it is the whole run, and not the part of one table. */
  boolean isWhole() {
    return whole == this;
  }

  /** Whether it may still go on. */
  public boolean isOngoing() {
    return outcome == RunOutcome.RUNNING;
  }

  /** Whether every record of its table was listed once. */
  public boolean isLoaded() {
    return client().loaded(table());
  }

  /** Whether it lists every record of one of its tables, which takes longer. */
  boolean listsAll() {
    return whole.request.full() || whole.tables.stream().anyMatch(table -> table.request.full());
  }

  public UUID id() {
    return shared.id();
  }

  public Client client() {
    return shared.client();
  }

  public RunRequest request() {
    return request;
  }

  public RunCounts counts() {
    return counts;
  }

  /** How long the edits that it brought over had been under way. */
  public EditLags editLags() {
    return shared.editLags();
  }

  /** It enters a stage with its table. */
  public void enter(Stage stage) {
    stages.begin(table(), stage, counts, shared.now());
    counts.stage(stage);
  }

  /** The stage that it is in has about so many records in all; none: nobody knows. */
  public void expect(long records) {
    if (records > 0) {
      stages.expect(records);
      counts.expect(records);
    }
  }

  /** What it has done stage by stage, for whoever follows it. */
  ObjectNode soFar() {
    ObjectNode soFar = JSON.createObjectNode().put("at", shared.now().toString());
    soFar.set("stages", stages.json());
    return soFar;
  }

  /** The names of its tables, as a JSON array. */
  public String tableNames() {
    return JSON.valueToTree(tables.stream().map(Run::table).toList()).toString();
  }

  /** How long it has lasted. */
  Duration lasts() {
    return shared.lasts();
  }

  /** Somebody asks it to end in order; from any thread. */
  public void askToStop(String by) {
    shared.askToStop(by);
  }

  /**
   * Lets it go on, unless somebody asked it to end.
   *
   * @throws RunInterruptedException when somebody did
   */
  void ensureNotAskedToStop() {
    shared.ensureNotAskedToStop();
  }

  /** What it waits for from now on, for a person. */
  public void waitsFor(String what) {
    waitsFor = what;
  }

  /** What it waited for last. */
  String waitsFor() {
    return waitsFor;
  }

  /** One more try of a record that PostgreSQL refused; how many there were. */
  public int tries() {
    return tries.incrementAndGet();
  }

  /** One more record that is left for somebody's lock; how many there were. */
  public int leftForLock() {
    return leftForLocks.incrementAndGet();
  }

  /** How many records were left for somebody's lock. */
  public int leftForLocks() {
    return leftForLocks.get();
  }

  /** In a dry run, how stage 1 would have left the leads. */
  public PlannedLeads plannedLeads() {
    return plannedLeads;
  }

  /** In a dry run, the leads whose sides differ where nothing was ever agreed on. */
  public FirstDifferences firstDifferences() {
    return firstDifferences;
  }

  /**
   * Whether the guard has to look at what was never agreed on: the client was never fully loaded,
   * and nobody said whose values count.
   */
  public boolean isFirst() {
    return !isLoaded() && request.first() == null && !request.force();
  }

  /** It begins now: it has its client's lock, for which it may have waited. */
  void begin() {
    shared.begin();
  }

  /** When it started, on our clock. */
  public Instant started() {
    return shared.started();
  }

  /** How it stands. */
  public RunOutcome outcome() {
    return outcome;
  }

  /** What stopped it, null while nothing has. */
  public @Nullable String failure() {
    return failure;
  }

  /** What is known of its table's fields. */
  public KnownFields fields() {
    return Objects.requireNonNull(fields, "the fields are not looked up yet");
  }

  /** Its fields were looked up. */
  public void lookedUp(KnownFields known) {
    fields = known;
  }

  /** Its requests, under the keys that are known at this moment. */
  public AirtableRequests requests() {
    return new AirtableRequests(fields().keys(), mapping().filter());
  }

  /** The columns whose field is gone from Airtable: this run leaves them as they are. */
  public Set<String> leftOut() {
    return leftOut;
  }

  /** The same columns, as a JSON array. */
  public String leftOutJson() {
    return JSON.valueToTree(leftOut).toString();
  }

  /** Ends it: well, unless one of its tables failed. */
  public void succeed() {
    List<Run> failed = tables.stream().filter(t -> t != this && !t.isOngoing()).toList();
    if (failed.isEmpty()) {
      end(RunOutcome.SUCCEEDED, null);
    } else {
      boolean stopped = failed.stream().allMatch(table -> table.outcome.isByGuard());
      fail(
          stopped ? RunOutcome.STOPPED : RunOutcome.FAILED,
          failed.stream()
              .map(table -> table.table() + ": " + table.failure)
              .collect(Collectors.joining("; ")));
    }
  }

  /** Ends it badly. */
  public void fail(RunOutcome how, String why) {
    end(how, why);
  }

  private void end(RunOutcome how, @Nullable String why) {
    outcome = how;
    failure = why;
    ended = shared.now();
    stages.end(ended);
  }

  /** What of its table it covers. */
  public Coverage coverage() {
    return coverage;
  }

  /** When it ended; now, while it goes on. */
  public Instant end() {
    return ended == null ? shared.now() : ended;
  }

  /** What came of it so far. */
  public RunResult result() {
    return RunResult.of(this);
  }

  /** The same as JSON, for the ledger. */
  public String resultJson() {
    return result().toJson();
  }
}
