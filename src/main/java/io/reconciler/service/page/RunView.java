package io.reconciler.service.page;

import io.reconciler.side.postgres.OneColumn;
import io.reconciler.text.Counted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run as it is shown.
 *
 * @param by who or what asked for it, in words
 * @param state the outcome in a word or two
 * @param what what was asked for: a window, a full sweep
 * @param did what it did, in words
 * @param millis how long it lasted, or lasts
 * @param stages its stages that have begun, table by table
 * @param toCome what is still to come, in words
 * @param lost whether it goes on in the ledger, but its process was not heard for long
 */
record RunView(
    RunRow row,
    String by,
    String state,
    Tone tone,
    String what,
    String did,
    long millis,
    boolean lost,
    boolean stopping,
    List<StageLine> stages,
    List<String> toCome,
    List<String> pullErrors,
    List<String> pushErrors) {

  /** A process says once a second how far its run has come. */
  private static final Duration SILENCE = Duration.ofSeconds(30);

  static RunView of(RunRow row, Instant now) {
    boolean lost = row.isRunning() && isSilent(row, now);
    List<StageLine> stages = StageLine.of(row.progress(), row.isRunning() && !lost);
    Instant end = row.ended() == null ? now : row.ended();
    return new RunView(
        row,
        by(row),
        state(row, lost),
        tone(row, lost),
        row.full() ? "Full sweep" : "Last " + minutes(row.minutes()),
        did(row),
        Math.max(0, Duration.between(row.started(), end).toMillis()),
        lost,
        row.isRunning() && row.stopAskedBy() != null,
        stages,
        row.isRunning() && !lost ? StageLine.toCome(stages, row.tables()) : List.of(),
        OneColumn.elements(row.result().path("stage1").path("errors")),
        OneColumn.elements(row.result().path("stage2").path("errors")));
  }

  public UUID id() {
    return row.id();
  }

  private static boolean isSilent(RunRow row, Instant now) {
    Instant heard = row.heardAt() == null ? row.started() : row.heardAt();
    return heard.plus(SILENCE).isBefore(now);
  }

  static String minutes(int minutes) {
    return minutes % 60 == 0 && minutes >= 60
        ? Counted.of(minutes / 60, "hour")
        : Counted.of(minutes, "minute");
  }

  private static String by(RunRow row) {
    return switch (row.trigger()) {
      case "schedule" -> "the schedule";
      case "cli" -> row.requester() + ", by command";
      case "api" -> row.requester() + ", over the API";
      default -> row.requester();
    };
  }

  private static String state(RunRow row, boolean lost) {
    if (lost) {
      return "not heard from";
    }
    return switch (row.outcome()) {
      case "running" -> row.stopAskedBy() == null ? "running" : "stopping";
      case "succeeded" -> row.errors() > 0 ? "done, with errors" : "done";
      case "interrupted" -> row.stopAskedBy() == null ? "interrupted" : "stopped";
      default -> row.guarded() ? "stopped by the guard" : "failed";
    };
  }

  private static Tone tone(RunRow row, boolean lost) {
    return switch (row.outcome()) {
      case "running" -> lost ? Tone.WARN : Tone.LIVE;
      case "succeeded" -> row.errors() > 0 ? Tone.WARN : Tone.CALM;
      case "interrupted" -> row.stopAskedBy() == null ? Tone.WARN : Tone.CALM;
      default -> Tone.BAD;
    };
  }

  private static String did(RunRow row) {
    List<String> parts = new ArrayList<>();
    add(parts, row.inserted(), "%s new");
    add(parts, row.updated(), "%s changed here");
    add(parts, row.deactivated(), "%s gone");
    add(parts, row.pushed(), "%s sent to Airtable");
    addCounted(parts, row.conflicts(), "conflict");
    addCounted(parts, row.errors(), "error");
    String none = row.isRunning() ? "nothing yet" : "nothing to do";
    return parts.isEmpty() ? none : String.join(", ", parts);
  }

  private static void add(List<String> parts, long count, String text) {
    if (count > 0) {
      parts.add(text.formatted("%,d".formatted(count)));
    }
  }

  private static void addCounted(List<String> parts, long count, String noun) {
    if (count > 0) {
      parts.add(Counted.of(count, noun));
    }
  }

  /** As the last of all runs, in a sentence. */
  public String latest() {
    if (row.isRunning() && !lost) {
      return "A run of " + row.client() + " is going on.";
    }
    String of = "The last run, of " + row.client();
    return switch (row.outcome()) {
      case "succeeded" -> of + ": " + did + ".";
      case "failed" -> of + (row.guarded() ? ", was " : ", ") + state + ".";
      default -> of + ", was " + state + ".";
    };
  }

  /**
   * How far it has come, for who listens instead of looking: another sentence with each stage only.
   */
  public String saying() {
    String of = "Run of %s: %s.".formatted(row.client(), state);
    return stages.stream()
        .filter(StageLine::going)
        .map(stage -> of + " " + stage.word() + " " + stage.table() + ".")
        .findFirst()
        .orElse(row.isRunning() ? of : of + " " + did + ".");
  }

  /** What stopped it, where that says more than the state. */
  public @Nullable String failure() {
    return row.failure();
  }
}
