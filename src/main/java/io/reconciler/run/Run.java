package io.reconciler.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reconciler.airtable.AirtableRequests;
import io.reconciler.field.KnownFields;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One run of one client while it goes on: its window, counts and outcome. One thread leads it;
 * those beside it, a page asked for ahead and updates on the way, count, wait and try.
 */
public final class Run {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final UUID id;
  private final Client client;
  private final RunRequest request;
  private final Clock clock;
  private Instant started;
  private final RunCounts counts;
  private final AtomicReference<@Nullable String> stopAskedBy;
  private final Set<String> leftOut = new LinkedHashSet<>();
  private final EditLags editLags;
  private final PlannedLeads plannedLeads = new PlannedLeads();
  private final FirstDifferences firstDifferences = new FirstDifferences();
  private final AtomicInteger tries = new AtomicInteger();
  private volatile String waitsFor = "its beginning";
  private Outcome outcome = Outcome.RUNNING;
  private @Nullable KnownFields fields;
  private @Nullable String failure;
  private @Nullable Instant ended;
  private @Nullable Instant doubtedSince;
  private @Nullable Instant pullCovered;
  private @Nullable Instant pushCovered;

  /** A run that starts now. */
  public Run(Client client, RunRequest request, Clock clock, ProgressListener progress) {
    this(
        UUID.randomUUID(),
        client,
        request,
        clock,
        new RunCounts(request.dryRun(), progress),
        new AtomicReference<>());
  }

  private Run(
      UUID id,
      Client client,
      RunRequest request,
      Clock clock,
      RunCounts counts,
      AtomicReference<@Nullable String> stopAskedBy) {
    this.id = id;
    this.client = client;
    this.request = request;
    this.clock = clock;
    this.started = now();
    this.editLags = new EditLags(clock);
    this.counts = counts;
    this.stopAskedBy = stopAskedBy;
  }

  /** The same run as it would go, writing nothing: under the same lock, its requests count. */
  public Run rehearsal() {
    return new Run(id, client, request.rehearsal(), clock, counts.rehearsal(), stopAskedBy);
  }

  /** How a run stands. */
  public enum Outcome {
    /** It goes on. */
    RUNNING,
    /** It covered its window on both stages. */
    SUCCEEDED,
    /** Something stopped it. */
    FAILED,
    /** A guard stopped it. */
    STOPPED,
    /** What it was configured with can't work. */
    MISCONFIGURED,
    /** The process was asked to end. */
    INTERRUPTED
  }

  /** The run's id. */
  public UUID id() {
    return id;
  }

  /** Whose run it is. */
  public Client client() {
    return client;
  }

  /** What was asked for. */
  public RunRequest request() {
    return request;
  }

  /** What was done so far. */
  public RunCounts counts() {
    return counts;
  }

  /** How long the edits that it brought over had been under way. */
  public EditLags editLags() {
    return editLags;
  }

  /** How long it has lasted. */
  Duration lasts() {
    return Duration.between(started, now());
  }

  /** Somebody asks it to end in order; from any thread. */
  public void askToStop(String by) {
    stopAskedBy.compareAndSet(null, by);
  }

  /**
   * Lets it go on, unless somebody asked it to end.
   *
   * @throws RunInterruptedException when somebody did
   */
  void ensureNotAskedToStop() {
    String by = stopAskedBy.get();
    if (by != null) {
      throw new RunInterruptedException(by);
    }
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
    return !client.loaded() && request.first() == null && !request.force();
  }

  /** It begins now: it has its client's lock, for which it may have waited. */
  void begin() {
    started = now();
  }

  /** When it started, on our clock. */
  public Instant started() {
    return started;
  }

  /** How it stands. */
  public Outcome outcome() {
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
    return new AirtableRequests(fields().keys());
  }

  /** The columns whose field is gone from Airtable: this run leaves them as they are. */
  public Set<String> leftOut() {
    return leftOut;
  }

  /** The same columns, as a JSON array. */
  public String leftOutJson() {
    return JSON.valueToTree(leftOut).toString();
  }

  /** Ends it well. */
  public void succeed() {
    outcome = Outcome.SUCCEEDED;
    ended = now();
  }

  /** Ends it badly. */
  public void fail(Outcome how, String why) {
    outcome = how;
    failure = why;
    ended = now();
  }

  /** What was agreed on may be out of date since then; null: it is not. */
  public void doubted(@Nullable Instant since) {
    doubtedSince = since;
  }

  /** Since when what was agreed on may be out of date, on Airtable's clock; null: it is not. */
  public @Nullable Instant doubtedSince() {
    return doubtedSince;
  }

  /** Stage 1 has covered the time up to this, on Airtable's clock. */
  public void pullCovered(Instant until) {
    pullCovered = until;
  }

  /** Stage 2 has covered the time up to this, on the database's clock. */
  public void pushCovered(Instant until) {
    pushCovered = until;
  }

  /** Whether the pull watermark may move, and, if so, to where. */
  public @Nullable String pullCoveredText() {
    return pullCovered == null ? null : pullCovered.toString();
  }

  /** Whether the push watermark may move, and, if so, to where. */
  public @Nullable String pushCoveredText() {
    return pushCovered == null ? null : pushCovered.toString();
  }

  /** When it started, as text. */
  public String startedText() {
    return started.toString();
  }

  /** When it ended, as text. */
  public String endedText() {
    return end().toString();
  }

  /** Whether a guard ended it. */
  public boolean isStoppedByGuard() {
    return outcome == Outcome.STOPPED;
  }

  /** The outcome's name in the ledger, where a guard's stop and the like are failures. */
  public String outcomeLabel() {
    boolean failed = outcome == Outcome.STOPPED || outcome == Outcome.MISCONFIGURED;
    Outcome kept = failed ? Outcome.FAILED : outcome;
    return kept.name().toLowerCase(Locale.ROOT);
  }

  /** The result so far. */
  public RunResult result() {
    return new RunResult(
        id,
        client.id(),
        client.baseId(),
        request.triggerLabel(),
        outcome == Outcome.SUCCEEDED,
        failure,
        request.dryRun(),
        startedText(),
        endedText(),
        Duration.between(started, end()).toMillis(),
        counts.stage1(),
        counts.stage2(),
        counts.requests(),
        counts.waits());
  }

  /** The result as JSON, for the ledger. */
  public String resultJson() {
    try {
      return JSON.writeValueAsString(result());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private Instant end() {
    return ended == null ? now() : ended;
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
