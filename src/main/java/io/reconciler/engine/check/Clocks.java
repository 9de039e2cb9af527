package io.reconciler.engine.check;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says how far apart two clocks are. Pure. */
final class Clocks {

  private static final Duration MOST = Duration.ofSeconds(60);

  private Clocks() {}

  /** Airtable's clock; empty when it did not show it. */
  static Optional<CheckLine> airtable(@Nullable Instant theirs, Instant ours) {
    return Optional.ofNullable(theirs)
        .map(
            time ->
                line(
                    "Airtable",
                    time,
                    ours,
                    "set this machine's clock by NTP; runs reckon with the difference meanwhile"));
  }

  static CheckLine database(Instant theirs, Instant ours) {
    return line(
        "the database",
        theirs,
        ours,
        "set the clocks of both machines by NTP: edits are weighed by their times");
  }

  private static CheckLine line(String whose, Instant theirs, Instant ours, String fix) {
    Duration ahead = Duration.between(ours, theirs);
    long seconds = ahead.abs().toSeconds();
    String way = ahead.isNegative() ? "behind" : "ahead of";
    String text =
        seconds == 0
            ? "that of %s agrees with ours".formatted(whose)
            : "that of %s is %d s %s ours".formatted(whose, seconds, way);
    return ahead.abs().compareTo(MOST) > 0
        ? CheckLine.warning("clock", text, fix)
        : CheckLine.ok("clock", text);
  }
}
