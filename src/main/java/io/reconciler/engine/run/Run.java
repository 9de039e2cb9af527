package io.reconciler.engine.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.reconciler.engine.dryrun.FirstDifferences;
import io.reconciler.engine.dryrun.PlannedLeads;
import io.reconciler.side.mapping.Mapping;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One run of one client while it goes on: its window, counts and outcome. One thread leads it;
 * those beside it, a page asked for ahead and updates on the way, count, wait and try.
 */
public final class Run {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final SharedRun shared;
  private final RunRequest request;
  private final Run whole;
  private final @Nullable RunTable table;
  private final List<Run> parts;
  private final Map<String, Run> others = new HashMap<>();
  private final RunCounts counts;
  private final Stages stages;
  private final Coverage coverage = new Coverage();
  private final PlannedLeads plannedLeads = new PlannedLeads();
  private final FirstDifferences firstDifferences = new FirstDifferences();
  private final Patience patience = new Patience();
  private volatile String waitsFor = "its beginning";
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
    this.table = mappings.size() == 1 ? new RunTable(mappings.get(0)) : null;
    this.stages = new Stages();
    this.counts = new RunCounts(request.dryRun(), progress);
    boolean noneLoaded = first && mappings.stream().noneMatch(m -> client.loaded(m.name()));
    this.request = request.forClient(client.baseId(), noneLoaded && !mappings.isEmpty());
    this.parts =
        table != null
            ? List.of(this)
            : mappings.stream()
                .map(each -> part(each, first && !client.loaded(each.name())))
                .toList();
  }

  /** A run that starts now and works on one table. */
  public Run(
      Client client, RunRequest request, Clock clock, ProgressListener progress, Mapping mapping) {
    this(client, request, clock, progress, List.of(mapping), false);
  }

  private Run(Run whole, RunRequest request, Mapping mapping, RunCounts counts) {
    this.shared = whole.shared;
    this.request = request;
    this.whole = whole;
    this.table = new RunTable(mapping);
    this.parts = List.of(this);
    // A rehearsal is no part of what is to be seen.
    this.stages = isRehearsing() ? new Stages() : whole.stages;
    this.counts = counts;
  }

  /** The same run as it would go, writing nothing: under the same lock, its requests count. */
  public Run rehearsal() {
    return new Run(whole, request.rehearsal(), table().declared(), counts.rehearsal());
  }

  /**
   * Whether it only goes before the run, to see what was never agreed on. It takes what its links
   * point at to be there, as it will be: the tables beside it are not pulled yet, and a link to a
   * row that is still to come differs from what PostgreSQL holds in any case.
   */
  public boolean isRehearsing() {
    return request.dryRun() && !whole.request.dryRun();
  }

  /** The same run on another table, for the records that this one needs of it. */
  public Run on(Mapping other) {
    return isOn(other) ? this : others.computeIfAbsent(other.name(), name -> beside(other));
  }

  private boolean isOn(Mapping other) {
    return table != null && table.name().equals(other.name());
  }

  private Run beside(Mapping other) {
    return whole.parts.stream()
        .filter(part -> part.isOn(other))
        .findFirst()
        .orElseGet(() -> part(other, false));
  }

  private Run part(Mapping mapping, boolean sweep) {
    RunRequest asked = request.forClient(client().baseId(), sweep);
    return new Run(whole, asked, mapping, counts.of(mapping.name()));
  }

  /** Its parts, one a table, in the order in which they are pulled; of one table, itself. */
  public List<Run> parts() {
    return parts;
  }

  /** The table that it works on, as it has found it. */
  public RunTable table() {
    return Objects.requireNonNull(table, "a run over several tables works on each by itself");
  }

  /** What that table is mapped to. */
  public Mapping mapping() {
    return table().mapping();
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
    return client().loaded(table().name());
  }

  /**
   * Whether every record of its table is to be listed although nobody asked for it: the table, or
   * one that its links point at, has come in another one's place and lacks something.
   */
  public boolean isToBeFilledUp() {
    return linkDoubt().isToBeFilledUp();
  }

  /**
   * The columns of its table whose keys say nothing, because the table that they are of has come in
   * another one's place, with other rows. They are told anew from Airtable, by a listing of every
   * record; the run that is the first to do so to its end ends the doubt.
   */
  public Set<String> linksInDoubt() {
    return linkDoubt().columns();
  }

  /** Whether the links that were in doubt are right now, and the tables that they point at too. */
  public boolean areLinksFollowed() {
    return linkDoubt().isOver();
  }

  private LinkDoubt linkDoubt() {
    return new LinkDoubt(this, whole.parts);
  }

  /** Whether it lists every record of one of its tables, which takes longer. */
  boolean listsAll() {
    return whole.request.full() || whole.parts.stream().anyMatch(part -> part.request.full());
  }

  /** It ends before its next request to Airtable, stopped by that; the first to ask is named. */
  public void askToStop(String by) {
    shared.askToStop(by);
  }

  /** What its parts and rehearsals have in common with it. */
  SharedRun shared() {
    return shared;
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
    stages.begin(table().name(), stage, counts, shared.now());
    counts.stage(stage);
  }

  /** The stage that it is in has about so many records in all; none: nobody knows. */
  public void expect(long records) {
    if (records > 0) {
      stages.expect(records);
      counts.expect(records);
    }
  }

  /** What it has gone through, stage by stage. */
  Stages stages() {
    return stages;
  }

  /** The names of its tables, as a JSON array. */
  public String tableNames() {
    return JSON.valueToTree(parts.stream().map(part -> part.table().name()).toList()).toString();
  }

  /** What it waits for from now on, for a person. */
  public void waitsFor(String what) {
    waitsFor = what;
  }

  String waitsFor() {
    return waitsFor;
  }

  /** How many refused records it tolerates. */
  public Patience patience() {
    return patience;
  }

  /** In a dry run, how stage 1 would have left the leads. */
  public PlannedLeads plannedLeads() {
    return plannedLeads;
  }

  /** In a dry run, the leads whose sides differ where nothing was ever agreed on. */
  public FirstDifferences firstDifferences() {
    return firstDifferences;
  }

  /** When it started, on our clock. */
  public Instant started() {
    return shared.started();
  }

  public RunOutcome outcome() {
    return outcome;
  }

  /** What stopped it, null while nothing has. */
  public @Nullable String failure() {
    return failure;
  }

  /** It has ended so, and nothing of it goes on. */
  public void ended(RunOutcome how, @Nullable String why) {
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
}
